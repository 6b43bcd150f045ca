"""How rows of this room are locked: the person first, then what belongs to her."""

from .models import User


def person(pk: int) -> User:
    return User.objects.select_for_update().get(pk=pk)
