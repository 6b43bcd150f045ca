"""Foreign keys point down too: a string reference escapes the import graph."""

import configparser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


def floors() -> dict[str, int]:
    """Height of each room, read from the same list that `lint-imports` reads."""
    plan = configparser.ConfigParser()
    plan.read(ROOT / ".importlinter")
    lines = plan["importlinter:contract:floors"]["layers"].split("\n")
    rows = [line.strip() for line in lines if line.strip()]
    return {room.strip(): len(rows) - row for row, line in enumerate(rows) for room in line.split("|")}


def room_of(model) -> str:
    return model.__module__.split(".")[0]


def pointing_up() -> list[str]:
    heights = floors()
    return [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
        and heights.get(room_of(field.related_model), 0) >= heights.get(room_of(model), 0) > 0
        and room_of(field.related_model) != room_of(model)
    ]


def test_every_room_has_a_floor():
    rooms = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert rooms <= set(floors())


def test_foreign_keys_point_down():
    assert pointing_up() == []


def test_the_check_sees_a_key_that_points_up(monkeypatch):
    """Negative control: turn the house upside down and the check must speak."""
    upside_down = {room: -height for room, height in floors().items()}
    lowest = min(upside_down.values()) - 1
    monkeypatch.setattr(f"{__name__}.floors", lambda: {k: v - lowest for k, v in upside_down.items()})
    keys_between_rooms = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and {room_of(model), room_of(field.related_model)} <= set(upside_down)
        and room_of(model) != room_of(field.related_model)
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
    ]
    if not keys_between_rooms:
        pytest.skip("no key between rooms yet")
    assert pointing_up()
