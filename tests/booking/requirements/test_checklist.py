"""A-10: what has to be there on arrival; the file fills it in, the desk looks, the step waits for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import parts, services
from booking.kinds import Kind
from booking.models import Booking
from booking.requirements import checklist, tasks
from booking.requirements import services as asked
from booking.requirements.errors import (
    AskedAlready,
    IsCompulsory,
    NoReason,
    NothingToSee,
    Over,
    StillMissing,
)
from booking.requirements.kinds import State
from booking.requirements.models import Answer, OwnRequirement, Tick
from booking.requirements.services import Given, Said
from booking.services import Guest
from booking.states import By, Status
from core.models import Line
from pets.models import Figure
from pets.services import file
from tests.factories import booking as make
from tests.factories import pets

pytestmark = pytest.mark.django_db
NOW = timezone.now


def state(booking, code):
    return next(line.state for line in checklist.of(booking) if line.code == code)


def vaccinate(pet, vaccine="rabies", *, until=None, given=None):
    given = given or timezone.localdate() - timedelta(days=30)
    return file.add_vaccination(pet=pet, by=None, now=NOW(), vaccine=vaccine, given_on=given, next_due=until)


def own(business, now=None, **facts):
    made = {"what": "other", "words": "Mama getirilir"} if "what" not in facts else {}
    now = now or NOW() - timedelta(days=1)
    return asked.save_requirement(business=business, kind=Kind.STAY, by=None, now=now, **(made | facts))


def fill(booking, said=None, *, is_desk=False, **more):
    given = Given(said=said or {}, **more)
    asked.fill(booking=booking, given=given, by=booking.customer, now=NOW(), is_desk=is_desk)


def arrive(booking, bora):
    services.arrive(booking=booking, by=bora, now=NOW())


# --- By law ---------------------------------------------------------------------------------


def test_the_file_fills_it_in(booked, duman, bora):
    assert state(booked, "identity") == State.FOUND
    assert state(booked, "rabies") == State.MISSING
    with pytest.raises(StillMissing) as refused:
        arrive(booked, bora)
    assert "Kuduz" in str(refused.value.message)
    assert [line.code for line in refused.value.lines] == ["rabies"]
    booked.refresh_from_db()
    assert booked.status == Status.CONFIRMED
    vaccinate(duman, until=timezone.localdate(booked.ends_at))
    assert state(booked, "rabies") == State.FOUND
    arrive(booked, bora)


def test_valid_on_the_last_day(booked, duman):
    last = timezone.localdate(booked.ends_at)
    vaccinate(duman, until=last - timedelta(days=1))
    line = next(one for one in checklist.of(booked) if one.code == "rabies")
    assert line.state == State.MISSING
    assert str(last.day) in line.note
    vaccinate(duman, until=last)
    assert state(booked, "rabies") == State.FOUND


def test_without_a_day_the_figure_of_the_law_counts(booked, duman):
    Figure.objects.filter(code="rabies.again").delete()
    today = timezone.localdate()
    Figure.objects.create(
        code="rabies.again", unit="months", amount=12, valid_from=today - timedelta(days=900),
        source="Yönetmelik", checked_on=today,
    )  # fmt: skip
    vaccinate(duman, given=today - timedelta(days=500))
    assert state(booked, "rabies") == State.MISSING
    vaccinate(duman, given=today - timedelta(days=40))
    assert state(booked, "rabies") == State.FOUND


def test_a_vaccination_taken_out_of_the_file_does_not_count(booked, duman):
    row = vaccinate(duman, until=timezone.localdate(booked.ends_at))
    type(row).objects.update(removed_at=NOW())
    assert state(booked, "rabies") == State.MISSING


def test_not_asked_of_animals_the_law_does_not_register(hotel, stay, ayse, bora):
    hotel.licences.update(species=["rabbit"])
    rabbit = pets.pet(ayse, "Pıtır", species="rabbit")
    booking = make.held(stay, ayse, make.at(make.monday(), 14), animals=[rabbit])
    make.pay(booking)
    assert [line.code for line in checklist.of(booking)] == ["permit"]
    arrive(booking, bora)


def test_a_permit_that_ended_meanwhile_stops_it(booked, duman, hotel, bora):
    vaccinate(duman, until=timezone.localdate(booked.ends_at))
    hotel.licences.update(valid_until=timezone.localdate(booked.starts_at))
    with pytest.raises(StillMissing):
        arrive(booked, bora)
    with pytest.raises(NothingToSee):
        asked.see(booking=booked, code="permit", item=booked.items.get().pk, by=bora, now=NOW())


def test_what_was_only_said_has_to_be_seen(booked, bora):
    item, last = booked.items.get().pk, timezone.localdate(booked.ends_at)
    given = timezone.localdate() - timedelta(days=20)
    fill(booked, {(item, "rabies"): Said(given_on=given, valid_until=last)})
    assert state(booked, "rabies") == State.SAID
    with pytest.raises(StillMissing):
        arrive(booked, bora)
    asked.see(booking=booked, code="rabies", item=item, by=bora, now=NOW())
    assert state(booked, "rabies") == State.SEEN
    fill(booked, {(item, "rabies"): Said(given_on=given, valid_until=last + timedelta(days=1))})
    assert state(booked, "rabies") == State.SAID  # said anew, to be seen anew
    asked.see(booking=booked, code="rabies", item=item, by=bora, now=NOW())
    asked.see(booking=booked, code="rabies", item=item, by=bora, now=NOW())
    assert state(booked, "rabies") == State.SAID  # pressed again it is taken back
    asked.see(booking=booked, code="rabies", item=item, by=bora, now=NOW())
    arrive(booked, bora)


def test_a_tick_does_not_stand_for_a_date(booked, bora):
    with pytest.raises(NothingToSee):
        asked.see(booking=booked, code="rabies", item=booked.items.get().pk, by=bora, now=NOW())


def test_a_guest_is_entered_at_the_desk(stay, bora):
    guest = Guest("Melek", "", "Boncuk", "cat")
    start = make.at(make.monday(), 14)
    booking = services.walk_in(offering=stay, guest=guest, starts_at=start, by=bora, now=NOW())
    assert state(booking, "identity") == State.MISSING
    item, day = booking.items.get().pk, timezone.localdate() - timedelta(days=9)
    said = {
        (item, "identity"): Said("792098100000041"),
        (item, "rabies"): Said(given_on=day, valid_until=day + timedelta(days=365)),
    }
    fill(booking, said, is_desk=True)
    assert state(booking, "identity") == State.SEEN
    arrive(booking, bora)


def test_said_back(booked):
    item = booked.items.get().pk
    fill(booked, {(item, "rabies"): Said(given_on=timezone.localdate())})
    fill(booked, {(item, "rabies"): None})
    assert not Answer.objects.exists()
    assert state(booked, "rabies") == State.MISSING


# --- Of the business ------------------------------------------------------------------------


def ready(booked, duman):
    vaccinate(duman, until=timezone.localdate(booked.ends_at))
    return booked


@pytest.fixture
def asking(hotel):
    """Before anybody books."""
    return {
        "food": own(hotel),
        "cough": own(hotel, what="vaccine", vaccine="kennel_cough", species=["dog"]),
        "flu": own(hotel, what="vaccine", vaccine="cat_combined"),
        "call": own(hotel, what="contact"),
        "vet": own(hotel, what="vet"),
    }


def test_a_business_asks_for_more(asking, booked, duman, bora):
    ready(booked, duman)
    codes = [line.code for line in checklist.of(booked) if line.stops]
    assert codes == [
        asking[name].code for name in ("food", "flu", "call", "vet")
    ]  # a cat has no kennel cough
    vaccinate(duman, "cat_combined", until=timezone.localdate(booked.ends_at))
    fill(booked, care={"contact_name": "Oya", "contact_phone": "+905320000001"})
    item = booked.items.get().pk
    fill(booked, {(item, asking["food"].code): Said()})
    assert [line.code for line in checklist.of(booked) if line.stops] == [
        asking["food"].code,
        asking["vet"].code,
    ]
    asked.see(booking=booked, code=asking["food"].code, item=item, by=bora, now=NOW())
    asked.waive(booking=booked, code=asking["vet"].code, item=None, reason="Taşındı", by=bora, now=NOW())
    arrive(booked, bora)
    assert Line.objects.get(name="requirements.waived").data["note"].endswith("Taşındı")


def test_the_law_is_not_waived(booked, bora):
    item = booked.items.get().pk
    with pytest.raises(IsCompulsory):
        asked.waive(booking=booked, code="rabies", item=item, reason="Tanıyoruz", by=bora, now=NOW())
    with pytest.raises(IntegrityError), transaction.atomic():
        Tick.objects.create(booking=booked, item_id=item, code="rabies", waived_for="Tanıyoruz", at=NOW())


def test_a_waiver_says_why(asking, booked, bora):
    with pytest.raises(NoReason):
        asked.waive(booking=booked, code=asking["vet"].code, item=None, reason=" ", by=bora, now=NOW())


def test_what_is_asked_later_is_not_asked_of_who_booked_before(booked, duman, hotel, bora):
    ready(booked, duman)
    own(hotel, now=booked.made_at + timedelta(seconds=1))
    arrive(booked, bora)


def test_what_is_asked_no_longer_stays_with_who_saw_it(asking, booked, hotel):
    row = asking["food"]
    asked.retire_requirement(requirement=row, by=None, now=booked.made_at + timedelta(seconds=1))
    asked.retire_requirement(requirement=row, by=None, now=booked.made_at + timedelta(seconds=2))
    assert row.code in [line.code for line in checklist.of(booked)]
    assert Line.objects.filter(name="requirements.retired").count() == 1
    _law, rows = checklist.asked("stay", hotel.pk, NOW() + timedelta(days=1))
    assert row not in rows


def test_asked_once(hotel):
    own(hotel, what="vet")
    with pytest.raises(AskedAlready):
        own(hotel, what="vet")
    for wrong in ({"vaccine": "rabies"}, {"words": "x"}, {"kind": "visit"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnRequirement.objects.update(**wrong)


# --- The rest -------------------------------------------------------------------------------


def test_over_is_over(booked, bora):
    services.cancel(booking=booked, role=By.PROVIDER, by=bora, now=NOW())
    item = booked.items.get().pk
    with pytest.raises(Over):
        fill(booked, {(item, "rabies"): Said(given_on=timezone.localdate())})


def test_whom_to_call_is_forgotten_a_month_after_she_went_home(booked, bora):
    item = booked.items.get()
    facts = {"care": {"contact_name": "Oya Kurt"}, "diets": {item.pk: {"feeding": "Yarım kap"}}}
    asked.fill(booking=booked, given=Given(**facts), by=booked.customer, now=NOW())
    assert asked.forget_care(now=booked.ends_at + timedelta(days=365)) == 0  # nobody said that she left
    Booking.objects.filter(pk=booked.pk).update(status=Status.COMPLETED)
    assert asked.forget_care(now=booked.ends_at + timedelta(days=29)) == 0
    assert asked.forget_care(now=booked.ends_at + timedelta(days=30)) == 2
    assert asked.forget_care(now=booked.ends_at + timedelta(days=31)) == 0
    tasks.forget_care()


def test_both_kinds_ask(booked):
    for kind in (Kind.STAY, Kind.TRANSFER):
        assert asked.check in parts._before[kind, parts.ARRIVE]
    assert asked.check not in parts._before[Kind.VISIT, parts.ARRIVE]


def test_done_without_arriving_is_no_way_around(booked, duman, bora):
    with pytest.raises(StillMissing):
        services.complete(booking=booked, by=bora, now=NOW())
    vaccinate(duman, until=timezone.localdate(booked.ends_at))
    services.complete(booking=booked, by=bora, now=NOW())


def test_switched_off_she_is_taken_in(booked, bora, monkeypatch):
    """The guard switched off."""
    monkeypatch.setattr(parts, "_before", parts.defaultdict(list))
    arrive(booked, bora)


def test_the_list_costs_the_same_for_many_animals(stay, ayse, hotel, asking):
    def cost(count):
        animals = [pets.pet(ayse, f"Kedi {number}") for number in range(count)]
        start = make.at(make.monday() + timedelta(days=count), 14)
        booking = make.held(stay, ayse, start, animals=animals)
        fresh = Booking.objects.select_related("offering__location").get(pk=booking.pk)
        with CaptureQueriesContext(connection) as seen:
            checklist.of(fresh)
        return len(seen)

    type(stay).objects.update(most_pets=20)
    stay.refresh_from_db()
    assert cost(1) == cost(20)
