"""Every model that points at a person has its line in the retention plan."""

from django.apps import apps
from django.contrib.auth import get_user_model

from core import personal_data


def pointers() -> set[tuple[str, str]]:
    person = get_user_model()
    found = set()
    for model in apps.get_models():
        if model._meta.proxy or model is person:
            continue
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.related_model is person and field.name != "basepage_ptr":
                found.add((model._meta.label, field.name))
    return found


def declared() -> set[tuple[str, str]]:
    return {
        (item.model_class._meta.label, name)
        for item in personal_data.every()
        for name in (item.owner, *item.covers)
        if name and name != "pk"
    }


def test_every_pointer_at_a_person_is_declared():
    assert pointers() - declared() == set(), "declare these in the room's holdings.py"


def test_nothing_is_declared_that_is_not_there():
    assert declared() - pointers() == set()


def test_a_missing_line_would_be_seen(monkeypatch):
    rest = [item for item in personal_data.every() if item.model != "legal.Acceptance"]
    monkeypatch.setattr(personal_data, "_holdings", rest)
    assert pointers() - declared() == {("legal.Acceptance", "user")}


def test_everybody_says_why_and_how_long():
    for item in personal_data.every():
        assert all(str(word) for word in (item.title, item.purpose, item.ground, item.period)), item.model
