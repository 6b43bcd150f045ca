"""The door of the script: which key opens it, what goes through, what it costs."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import services as bookings
from booking.consultations import rules, services
from booking.consultations.models import Message, Presence, Signal
from booking.consultations.services import exchanging
from booking.consultations.states import Side
from booking.states import By
from tests.factories import consultations as consult
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(live, ayse):
    return consult.enter(live, Side.OWNER, ayse)


@pytest.fixture
def vet(live, bora):
    return consult.enter(live, Side.VET, bora)


def old(**ago) -> object:
    return timezone.now() - timedelta(**ago)


def test_a_key_opens_its_own_room_and_side_only(client, owner, vet, offering, deniz):
    other = consult.live_room(offering, deniz, begins=timedelta(minutes=-2))
    assert consult.say(client, owner).status_code == 200
    assert consult.say(client, owner, side="vet").status_code == 403
    assert consult.say(client, owner, room=other.public_id).status_code == 403
    assert consult.say(client, owner, room=uuid.uuid4()).status_code == 403
    key = consult.token(owner)
    for wrong in ("", "x", key[:-1], key + "x", key.replace(":", ".", 1)):
        assert consult.say(client, owner, key=wrong or "-").status_code == 403


def test_a_key_of_another_salt_is_none(client, owner):
    from django.core import signing

    claims = [str(owner.consultation.public_id), "owner", str(owner.key), timezone.now().timestamp()]
    assert consult.say(client, owner, key=signing.dumps(claims, salt="else")).status_code == 403
    assert consult.say(client, owner, key=signing.dumps("odd", salt="consultations.room")).status_code == 403


def test_a_key_runs_out_and_is_renewed_in_time(client, owner):
    assert consult.say(client, owner, key=consult.token(owner, old(seconds=121))).status_code == 401
    fresh = consult.say(client, owner, key=consult.token(owner, old(seconds=30))).json()
    assert fresh["token"] == ""
    renewed = consult.say(client, owner, key=consult.token(owner, old(seconds=90))).json()["token"]
    assert consult.say(client, owner, key=renewed).status_code == 200


def test_rights_are_asked_anew_when_a_key_is_renewed(client, live, bora, cem):
    teams.member(live.booking.business, cem, "reception")
    seat = consult.enter(live, Side.VET, cem)
    older = consult.token(seat, old(seconds=90))
    assert consult.say(client, seat, key=older).status_code == 200
    live.booking.business.memberships.filter(user=cem).delete()
    assert consult.say(client, seat, key=older).status_code == 403


@pytest.mark.parametrize("state", [{"status": "suspended"}, {"is_active": False}])
def test_a_paused_account_may_not_stay(client, live, owner, ayse, state):
    type(ayse).objects.filter(pk=ayse.pk).update(**state)
    assert consult.say(client, owner, key=consult.token(owner, old(seconds=90))).status_code == 403


def test_a_closed_account_may_not_stay(client, owner):
    Presence.objects.filter(pk=owner.pk).update(user=None)
    assert consult.say(client, owner, key=consult.token(owner, old(seconds=90))).status_code == 403


def test_the_key_of_a_forgotten_presence_opens_nothing(client, owner):
    key = consult.token(owner)
    owner.delete()
    assert consult.say(client, owner, key=key).status_code == 403


def test_whose_booking_it_no_longer_is_may_not_stay(client, live, owner, deniz):
    type(live.booking).objects.filter(pk=live.booking_id).update(customer=deniz)
    assert consult.say(client, owner, key=consult.token(owner, old(seconds=90))).status_code == 403


def test_who_no_longer_runs_the_calendar_may_not_stay(client, live, cem):
    teams.member(live.booking.business, cem, "accountant")
    seat = consult.enter(live, Side.VET, cem)
    assert consult.say(client, seat, key=consult.token(seat, old(seconds=90))).status_code == 403


def test_a_member_of_another_branch_may_not_stay(client, live, cem):
    from booking.consultations import access

    seat_of = teams.member(live.booking.business, cem, "vet")
    seat = consult.enter(live, Side.VET, cem)
    assert access.may_stay(seat)
    seat_of.locations.add(live.booking.business.locations.create(name="Şişli"))
    assert not access.may_stay(seat)


def test_the_first_tab_is_told_that_a_second_took_over(client, live, owner, ayse):
    second = consult.enter(live, Side.OWNER, ayse)
    answer = consult.say(client, owner)
    assert (answer.status_code, answer.json()["code"]) == (409, "taken_over")
    assert consult.say(client, second).status_code == 200


def test_who_left_is_out(client, live, owner):
    address = f"/gorusme/{live.public_id}/owner/cik/"
    body = json.dumps({"token": consult.token(owner)})
    assert client.post(address, body, content_type="application/json").status_code == 200
    answer = consult.say(client, owner)
    assert (answer.status_code, answer.json()["code"]) == (409, "has_left")


def test_nobody_is_put_out_without_her_key(client, live, owner, vet):
    address = f"/gorusme/{live.public_id}/owner/cik/"
    for key in ("", "x", consult.token(vet)):
        body = json.dumps({"token": key})
        assert client.post(address, body, content_type="application/json").status_code == 403
    assert consult.say(client, owner).status_code == 200


def test_nothing_after_cancelling_or_closing(client, live, owner, bora):
    key = consult.token(owner)
    bookings.cancel(booking=live.booking, role=By.PROVIDER, by=bora, now=timezone.now())
    assert consult.say(client, owner, key=key).status_code == 410


def test_nothing_after_the_end_and_after_a_move(client, live, owner):
    consult.shift(live, live.booking.starts_at - timedelta(hours=1))
    assert consult.say(client, owner).status_code == 410
    consult.shift(live, timezone.now() + timedelta(hours=3))
    assert consult.say(client, owner).status_code == 410


def test_signals_reach_the_connection_they_are_meant_for(client, owner, vet, live, bora):
    offer = {"description": {"type": "offer", "sdp": "v=0"}}
    consult.say(client, owner, signals=[offer], to=str(vet.key))
    got = consult.say(client, vet).json()
    assert [one["body"] for one in got["signals"]] == [offer]
    assert got["signals"][0]["from"] == str(owner.key)
    assert consult.say(client, vet, signalsAfter=got["signals"][0]["id"]).json()["signals"] == []
    again = consult.enter(live, Side.VET, bora)
    consult.say(client, owner, signals=[offer], to=str(vet.key))  # meant for the tab before
    assert consult.say(client, again).json()["signals"] == []


def test_each_sees_that_the_other_is_here_and_away(client, owner, vet):
    got = consult.say(client, owner).json()
    assert (got["peer"]["key"], got["isHere"]) == (str(vet.key), True)
    long_ago = old(seconds=25)
    Presence.objects.filter(pk=vet.pk).update(joined_at=long_ago, seen_at=long_ago)
    assert consult.say(client, owner).json()["isHere"] is False
    services.leave(presence=vet, now=timezone.now())
    assert consult.say(client, owner).json()["peer"] is None


def test_messages_are_kept_once_and_read_by_both(client, owner, vet, live):
    note = {"key": str(uuid.uuid4()), "text": " Kulağı kızarık mı? "}
    for _ in range(2):
        consult.say(client, vet, message=note)
    (line,) = consult.say(client, owner).json()["messages"]
    assert (line["text"], line["isMine"]) == ("Kulağı kızarık mı?", False)
    assert live.messages.get().author == vet.user
    assert consult.say(client, owner, messagesAfter=line["id"]).json()["messages"] == []


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"signals": 5}, 400),
        ({"signals": [{}] * 61}, 429),
        ({"to": "x"}, 400),
        ({"signalsAfter": "a"}, 400),
        ({"message": "x"}, 400),
        ({"message": {"key": "1", "text": "a"}}, 400),
        ({"message": {"key": str(uuid.uuid4()), "text": " \0 "}}, 400),
        ({"message": {"key": str(uuid.uuid4()), "text": "  "}}, 400),
        ({"message": {"key": str(uuid.uuid4()), "text": "a" * 1001}}, 429),
        ({"pad": "a" * rules.LARGEST_EXCHANGE}, 429),
        ({"signalsAfter": 10**40}, 200),
        ({"signals": [{"odd": "\0"}]}, 400),
        ({"signals": [{"odd": "\ud800"}]}, 400),
        ({"signals": [float("nan")]}, 400),
        ({"signalsAfter": float("inf")}, 400),
        ({"message": {"key": str(uuid.uuid4()), "text": "\ud800"}}, 400),
    ],
)
def test_odd_input(client, owner, wrong, status):
    assert consult.say(client, owner, **wrong).status_code == status


@pytest.mark.parametrize("body", ["", "[]", "nonsense", "{", '"a"', "[" * 100_000])
def test_what_is_no_exchange(client, live, body):
    address = f"/gorusme/{live.public_id}/owner/"
    assert client.post(address, body, content_type="application/json").status_code == 400


def test_messages_are_limited(client, owner):
    for _ in range(rules.MESSAGES_A_MINUTE):
        consult.say(client, owner, message={"key": str(uuid.uuid4()), "text": "a"})
    answer = consult.say(client, owner, message={"key": str(uuid.uuid4()), "text": "a"})
    assert answer.status_code == 429


def test_signals_are_limited(client, owner, vet, monkeypatch):
    monkeypatch.setattr(rules, "SIGNALS_A_MINUTE", 2)
    said = [consult.say(client, owner, signals=[{}], to=str(vet.key)).status_code for _turn in range(3)]
    assert said == [200, 200, 429]


def test_what_arrives_after_leaving_is_no_presence(owner):
    services.leave(presence=owner, now=owner.joined_at)
    exchanging._be_seen(owner, owner.joined_at + timedelta(minutes=1))
    seen_at = owner.seen_at
    owner.refresh_from_db()
    assert owner.seen_at == seen_at


def test_an_exchange_costs_the_same_for_a_long_talk(client, owner, vet, live, ayse):
    Presence.objects.filter(pk=owner.pk).update(seen_at=timezone.now() + timedelta(minutes=1))
    few = _cost(client, owner)
    now = timezone.now()
    for number in range(20):
        live.messages.create(side="vet", author=vet.user, key=uuid.uuid4(), text=str(number), at=now)
        Signal.objects.create(sender=vet, to=owner, body={"n": number}, at=now)
    assert _cost(client, owner) == few == 4


def _cost(client, presence) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert consult.say(client, presence).status_code == 200
    return len(seen)


def test_a_stranger_without_a_key_reads_nothing(client, live, owner, deniz):
    client.force_login(deniz)
    assert consult.say(client, owner, key="x").status_code == 403
    assert client.get(f"/gorusme/{live.public_id}/owner/").status_code == 405


def test_rooms_of_others_are_not_mixed(client, offering, ayse, deniz, live, owner):
    other = consult.live_room(offering, deniz, begins=timedelta(minutes=-2))
    theirs = consult.enter(other, Side.OWNER, deniz)
    other.messages.create(side="owner", author=deniz, key=uuid.uuid4(), text="Gizli", at=timezone.now())
    assert consult.say(client, owner).json()["messages"] == []
    consult.say(client, owner, signals=[{"a": 1}], to=str(theirs.key))
    assert not Signal.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_messages_appear_in_the_order_of_their_numbers(person):
    """Whoever has read the second never asks for the first again."""
    ayse, bora = person("Ayşe", "Yıldız"), person("Bora", "Aksoy")
    consult.notice()
    room = consult.room(consult.offering(bora), ayse)
    now = room.booking.starts_at
    hers = consult.enter(room, Side.OWNER, ayse, now)
    his = consult.enter(room, Side.VET, bora, now)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            exchanging._write(hers, uuid.uuid4(), "bir", now)
            second = pool.submit(_write_and_hang_up, his, uuid.uuid4(), "iki", now)
            with pytest.raises(TimeoutError):
                second.result(timeout=1)
            assert not Message.objects.filter(text="iki").exists()
        second.result(timeout=30)
    assert list(Message.objects.order_by("pk").values_list("text", flat=True)) == ["bir", "iki"]


def _write_and_hang_up(*args):
    try:
        exchanging._write(*args)
    finally:
        connection.close()
