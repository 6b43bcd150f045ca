import pytest
from django.utils import timezone

from core import journal
from core.models import Line


@pytest.fixture
def parked(db) -> Line:
    line = journal.write("tests.unheard")
    Line.objects.filter(pk=line.pk).update(handled_at=None, parked_at=timezone.now(), error="partner is away")
    return Line.objects.get(pk=line.pk)


def test_staff_see_a_parked_line_and_revive_it(client, admin, parked):
    client.force_login(admin)
    assert "partner is away" in client.get("/yonetim/reports/journal/?parked=true").content.decode()
    client.post(f"/yonetim/reports/journal/{parked.pk}/revive/")
    parked.refresh_from_db()
    assert parked.parked_at is None
    assert journal.sweep() == 1
    assert "partner is away" not in client.get("/yonetim/reports/journal/?parked=true").content.decode()


def test_a_line_is_revived_once_and_only_by_post(client, admin, parked):
    client.force_login(admin)
    address = f"/yonetim/reports/journal/{parked.pk}/revive/"
    assert client.get(address).status_code == 405
    client.post(address)
    assert client.post(address).status_code == 404


def test_who_has_no_right_sees_no_journal(client, ayse, parked):
    client.force_login(ayse)
    assert client.get("/yonetim/reports/journal/").status_code == 302
    assert client.post(f"/yonetim/reports/journal/{parked.pk}/revive/").status_code == 302
    parked.refresh_from_db()
    assert parked.parked_at


def test_back_office_wears_our_name(client, admin):
    client.force_login(admin)
    page = client.get("/yonetim/").content.decode()
    assert "- Diji.vet</title>" in page
    assert "css/back-office.css" in page


def test_proofs_are_listed(client, admin, db):
    from core import proofs

    client.force_login(admin)
    proofs.check_all()
    page = client.get("/yonetim/reports/proofs/").content.decode()
    assert all(proof.code in page for proof in proofs.every())


def test_pictures_of_people_come_from_us(client, admin, settings):
    """Gravatar's host is not in our policy: its pictures stay broken, and it would learn who works here."""
    client.force_login(admin)
    page = client.get("/yonetim/").content.decode()
    assert "gravatar" not in page
    assert "default-user-avatar" in page
    settings.WAGTAIL_GRAVATAR_PROVIDER_URL = "//www.gravatar.com/avatar"
    assert "gravatar" in client.get("/yonetim/").content.decode()
