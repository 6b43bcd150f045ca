"""Parts are edited in the back office: what shows them is made anew."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from . import shown
from .models import Component


@receiver([post_save, post_delete], sender=Component)
def purge_parts(**_: Any) -> None:
    shown.purge_everything()
