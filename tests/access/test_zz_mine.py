import pytest
from django.http import HttpResponse
from . import attack, scene, table
from . import test_foreign_ids as f, test_matrix as m
NAMES = [n for n in table.TABLE if n.startswith(("business_booking","business_calendar","business_walk","business_block","business_absence","business_request","business_offering","business_resource","business_feed"))]

@pytest.fixture
def stage(db, monkeypatch):
    monkeypatch.setattr("core.views.render", lambda request, page, status: HttpResponse(status=status))
    return scene.build()

def test_matrix(stage):
    wrong = [row for name in NAMES for row in m.surprises(name, stage)]
    assert not wrong, "\n".join(map(str, wrong))

@pytest.mark.parametrize("who", f.WHO)
def test_fields(stage, who, monkeypatch):
    monkeypatch.setattr(attack, "TABLE", {n: table.TABLE[n] for n in NAMES})
    count, wrong = f.surprises(stage, who, list(attack.pages(stage)))
    print(who, count)
    assert not wrong, "\n".join(wrong)

def test_mixed(stage, monkeypatch):
    monkeypatch.setattr(attack, "TABLE", {n: table.TABLE[n] for n in NAMES})
    assert not f.open_addresses(stage)
