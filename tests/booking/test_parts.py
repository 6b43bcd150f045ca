"""What a kind adds to pages and steps."""

import pytest
from django.utils import timezone

from booking import parts, services
from booking.kinds import Kind
from core.errors import Refused

pytestmark = pytest.mark.django_db


class NoPassport(Refused):
    message = "Pasaport yok."


@pytest.fixture
def own(monkeypatch):
    """Registers of this test alone."""
    for name in ("_shown", "_before"):
        monkeypatch.setattr(parts, name, parts.defaultdict(list))


def test_a_kind_adds_to_the_pages_of_its_own(own, paid):
    parts.shown(Kind.VISIT, parts.OWNER, "visit.html")(lambda booking, now: {"number": booking.number})
    parts.shown(Kind.VISIT, parts.OWNER, "not_today.html")(lambda booking, now: None)
    parts.shown(Kind.STAY, parts.OWNER, "stay.html")(lambda booking, now: {})
    now = timezone.now()
    assert parts.of(paid, parts.OWNER, now=now) == [parts.Part("visit.html", {"number": paid.number})]
    assert parts.of(paid, parts.DESK, now=now) == []


@pytest.mark.parametrize("step", [parts.ARRIVE, parts.COMPLETE])
def test_a_kind_stops_a_step(own, paid, bora, step):
    def refuse(booking, now):
        raise NoPassport

    parts.before(Kind.VISIT, step)(refuse)
    with pytest.raises(NoPassport):
        getattr(services, step)(booking=paid, by=bora, now=timezone.now())
    paid.refresh_from_db()
    assert paid.status == "confirmed"
