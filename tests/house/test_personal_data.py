"""Every model that points at a person has its line in the retention plan."""

from core import personal_data


def test_every_pointer_at_a_person_is_declared():
    assert personal_data.undeclared() == [], "declare these in the room's holdings.py"


def test_nothing_is_declared_that_is_not_there():
    pointers = set(personal_data._pointers())
    for item in personal_data.every():
        for name in (item.owner, *item.covers):
            assert not name or name == "pk" or (item.model_class, name) in pointers, (item.model, name)


def test_a_missing_line_would_be_seen(monkeypatch):
    rest = [item for item in personal_data.every() if item.model != "legal.Acceptance"]
    monkeypatch.setattr(personal_data, "_holdings", rest)
    assert personal_data.undeclared() == ["legal.Acceptance.user"]


def test_everybody_says_why_and_how_long():
    for item in personal_data.every():
        assert all(str(word) for word in (item.title, item.purpose, item.ground, item.period)), item.model
