"""A pause: only the way back is seen, nothing is deleted, it ends by date or at will."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import services, states
from accounts.models import Address, User
from accounts.states import MOVES, Status
from core.models import Line
from core.states import MoveRefused
from tests.conftest import PASSWORD

from .conftest import is_signed_in, sign_in
from .test_addresses import FACTS

RETURN = "/panel/donus/"


def pause(user: User, days: float | None = 30) -> None:
    until = timezone.now() + timedelta(days=days) if days else None
    services.suspend_account(user=user, until=until, by=None, reason="tatil")


def names() -> list[str]:
    return list(
        Line.objects.filter(name__startswith="accounts.").order_by("pk").values_list("name", flat=True)
    )


def counted() -> dict[str, int]:
    """Rows of every table but the journal and the outbox, which tell what happened, and sessions."""
    skipped = {"core.Line", "core.Tick", "core.Mail", "sessions.Session", "usersessions.UserSession"}
    models = [
        model for model in apps.get_models() if model._meta.managed and model._meta.label not in skipped
    ]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_the_very_next_click_sees_only_the_way_back(client, ayse):
    sign_in(client, ayse.email, PASSWORD)
    assert is_signed_in(client)
    pause(ayse)
    for path in ("/panel/", "/panel/ayarlar/", "/magaza/", "/hesap/sifre/degistir/", "/yonetim/", "/"):
        assert client.get(path).url == RETURN, path
    body = client.get(RETURN).content.decode()
    assert "Hesabına ara verildi" in body
    assert "Hiçbir şeyin silinmedi" not in body, "the day of the end is shown instead"


def test_machines_are_told_in_their_way(client, ayse):
    sign_in(client, ayse.email, PASSWORD)
    pause(ayse)
    answer = client.get("/api/content/v2/pages/")
    assert answer.status_code == 403
    assert answer.json()["code"] == "account_suspended"


def test_signing_in_leads_to_the_way_back_and_returning_opens_everything(client, ayse):
    pause(ayse, days=None)
    assert sign_in(client, ayse.email, PASSWORD).url == "/panel/basla/"
    assert client.get("/panel/").url == RETURN
    answer = client.post(RETURN, follow=True)
    assert answer.redirect_chain[-1][0] == "/panel/"
    assert "Tekrar hoş geldin" in answer.content.decode()
    assert [name for name in names() if name.startswith(("accounts.susp", "accounts.ret"))][-2:] == [
        "accounts.suspended",
        "accounts.returned",
    ]


def test_not_a_row_is_lost(ayse):
    services.add_address(user=ayse, facts=FACTS)
    before = counted()
    pause(ayse)
    assert counted() == before
    services.return_account(user=ayse, by=ayse)
    assert counted() == before
    assert Address.objects.get().user.status == Status.ACTIVE


def test_the_pause_ends_by_its_date(ayse):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        pause(ayse, days=1)
        clock.shift(timedelta(days=1, seconds=-1))
        assert services.end_pauses(now=timezone.now()) == 0
        clock.shift(1)
        assert services.end_pauses(now=timezone.now()) == 1
        assert services.end_pauses(now=timezone.now()) == 0, "twice changes nothing"
    ayse.refresh_from_db()
    assert (ayse.status, ayse.suspended_until) == (Status.ACTIVE, None)


def test_a_pause_without_a_date_waits_for_its_owner(ayse):
    pause(ayse, days=None)
    assert services.end_pauses(now=timezone.now() + timedelta(days=9999)) == 0


def test_staff_pause_and_return_in_the_back_office(client, ayse, admin):
    client.force_login(admin)
    page = f"/yonetim/people/{ayse.pk}/pause/"
    assert page in client.get("/yonetim/users/").content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "Bu gün geçti" in client.post(page, {"until": yesterday, "reason": "x"}).content.decode()
    client.post(page, {"until": timezone.localdate(), "reason": "Kendisi istedi"})
    ayse.refresh_from_db()
    assert ayse.status == Status.SUSPENDED
    assert timezone.localtime(ayse.suspended_until).strftime("%H:%M") == "00:00"
    line = Line.objects.get(name="accounts.suspended")
    assert (line.actor, line.data["reason"]) == (admin, "Kendisi istedi")
    client.post(page, {"return": "1"})
    ayse.refresh_from_db()
    assert ayse.status == Status.ACTIVE


def test_pausing_needs_the_right(client, ayse, deniz):
    from django.contrib.auth.models import Permission

    deniz.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(deniz)
    client.post(f"/yonetim/people/{ayse.pk}/pause/", {"reason": "x"})
    ayse.refresh_from_db()
    assert ayse.status == Status.ACTIVE


@pytest.mark.parametrize("source", Status.values)
@pytest.mark.parametrize("target", Status.values)
def test_only_the_moves_of_the_table(ayse, source, target):
    allowed = {
        ("active", "suspended"),
        ("active", "closing"),
        ("suspended", "active"),
        ("suspended", "closing"),
        ("closing", "active"),
        ("closing", "erased"),
    }
    assert MOVES.allows(source, target) is ((source, target) in allowed)


def test_a_paused_account_cannot_be_paused_again(ayse):
    pause(ayse)
    with pytest.raises(MoveRefused):
        pause(ayse)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "gone"},
        {"suspended_until": timezone.now()},
        {"status": "closing"},
        {"closes_at": timezone.now()},
        {"status": "erased"},
    ],
)
def test_database_refuses_wrong_states(ayse, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ayse.pk).update(**wrong)


def test_table_of_requests():
    assert states.REQUEST_MOVES.table == {"open": {"answered", "withdrawn"}}
