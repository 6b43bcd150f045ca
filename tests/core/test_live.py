import pytest
from django.template import engines

from core import live
from core.blocks import BodyBlock, LiveBlock


@pytest.fixture
def counter(monkeypatch):
    """A live block whose number changes at each reading."""
    monkeypatch.setattr(live, "_blocks", {})
    readings = iter(range(1, 100))

    @live.block("tests.counter", title="Counter", template="blocks/heading.html")
    def read():
        return {"number": next(readings)}

    return read


def test_editor_can_choose_what_rooms_offer(counter):
    assert ("tests.counter", "Counter") in list(LiveBlock().field.choices)


def test_data_is_read_at_each_showing(counter):
    body = BodyBlock().to_python([{"type": "live", "value": "tests.counter"}])
    block = body[0].block
    first = block.get_api_representation(body[0].value)
    second = block.get_api_representation(body[0].value)
    assert (first["data"], second["data"]) == ({"number": 1}, {"number": 2})
    assert block.get_context(body[0].value)["data"] == {"number": 3}


def test_block_whose_room_is_gone_shows_nothing(monkeypatch):
    monkeypatch.setattr(live, "_blocks", {})
    body = BodyBlock().to_python([{"type": "live", "value": "gone.block"}])
    shown = body[0].block.get_api_representation("gone.block")
    assert shown == {"code": "gone.block", "title": "", "data": None, "html": ""}
    assert "gone" not in body[0].render()


def test_every_live_block_has_its_template():
    for code, _ in live.choices():
        engines["django"].get_template(live.get(code).template)


@pytest.mark.django_db
def test_every_live_block_gives_plain_data():
    import json

    for code, _ in live.choices():
        assert json.loads(json.dumps(live.get(code).read()))
