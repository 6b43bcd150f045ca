"""What belongs to a side: one of everything that has an address of its own."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from accounts import services as accounts
from booking import services as bookings
from booking.consultations import services as consultations
from booking.services import Guest
from booking.stays import services as stays
from booking.stays.models import LeavingChange
from commerce import goods, sellers
from commerce.models.talks import Side
from commerce.services import alerts, talking
from notifications.models import Notice
from payments import services as payments
from payments.models import Payout, TopUp
from pets.services import file, people
from teams import hours, invitations, rights, verification
from teams.models import Topic
from tests.factories import after, booking, commerce, finance, pets, sales, support, teams

ProductReview = get_model("reviews", "ProductReview")
WishList = get_model("wishlists", "WishList")


def fill(side: Any, mark: str) -> dict[str, Any]:
    """`mark` goes into every text that is not for the public."""
    return _of_business(side, mark) | _of_owner(side, mark)


def _of_business(side: Any, mark: str) -> dict[str, Any]:
    business, owner, now = side.business, side.people["owner"], timezone.now()
    branch = business.locations.create(name="Şişli")
    licence = teams.evidenced(teams.licence(business, diploma_number=f"D-{mark}", chamber_number=f"O-{mark}"))
    role = business.roles.create(name=f"Gece {mark}", chosen=[])
    invited = invitations.invite(
        business=business,
        email=f"davetli{mark}@ornek.test",
        role=business.roles.get(template=rights.RECEPTION),
        locations=[],
        by=owner,
        now=now,
    )
    change = verification.request_change(
        business=business, topic=Topic.IDENTITY, values={"legal_name": f"Yeni {mark} A.Ş."}, by=owner, now=now
    )
    day = hours.set_special_day(location=branch, on=timezone.localdate(), span=None, note="Tadilat", by=owner)
    return {
        "sold": finance.invoice(business, None, finance.sold(text=f"Tasma {mark}")),
        "branch": branch,
        "licence": licence,
        "evidence": licence.evidence.get(),
        "role": role,
        "invited": invited,
        "change": change,
        "day": day,
        "delivery": business.delivery_options.create(name="Kurye", price=30, days_from=1, days_to=2),
        "ticket": support.ticket(owner, business=business, subject=f"Talep {mark}", words=f"Sorun {mark}"),
        **_money(business, owner, mark),
        **_goods(business, owner, mark),
        **_store(business, owner, mark),
        **_after(business, owner, mark),
        **_calendar(business, owner, mark),
        **_stay(business, owner, mark),
        "member": business.memberships.get(user=side.people[rights.RECEPTION]),
    }


def _calendar(business: Any, owner: Any, mark: str) -> dict[str, Any]:
    """A service, its vet, her calendar kept elsewhere, when she is away, and a guest in two weeks."""
    vet = booking.resource(business, f"Hekim {mark}")
    offering = booking.offering(business, vet, name=f"Muayene {mark}", is_open=False)
    feed = vet.feeds.create(url=f"https://takvim.ornek.test/{mark or 'bizim'}.ics")
    start, more = booking.at(booking.monday(2), 9), {"by": owner, "now": timezone.now()}
    guest = Guest(f"Melek {mark}", "", f"Boncuk {mark}", "rabbit")
    visit = bookings.walk_in(offering=offering, guest=guest, starts_at=start, note=f"Ürkek {mark}", **more)
    away = {"starts_at": start + timedelta(days=1), "ends_at": start + timedelta(days=2)}
    absence = bookings.add_absence(resource=vet, kind="leave", note=f"İzin {mark}", by=owner, **away)
    found = {"resource": vet, "offering": offering, "feed": feed, "visit": visit, "absence": absence}
    return found | {"talk": _talk(business, owner, vet, start + timedelta(hours=2), mark)}


def _talk(business: Any, owner: Any, vet: Any, start: Any, mark: str) -> Any:
    """The owner's own consultation with a draft of its summary."""
    facts = {"kind": "consultation", "name": f"Danışma {mark}", "is_open": False}
    offering, guest = booking.offering(business, vet, **facts), Guest("Melek", "", f"Duman {mark}", "cat")
    talk = bookings.walk_in(offering=offering, guest=guest, starts_at=start, by=owner, now=timezone.now())
    type(talk).objects.filter(pk=talk.pk).update(customer=owner)
    talk.refresh_from_db()
    room = consultations.make_room(booking=talk, now=timezone.now())
    draft = {"seen": f"Kızarık {mark}"}
    consultations.save_draft(consultation=room, facts=draft, by=owner, now=timezone.now())
    return talk


def _stay(business: Any, owner: Any, mark: str) -> dict[str, Any]:
    """A guest that is there, with the report and the picture of a day, and unused nights to decide about."""
    teams.licence(business, "work_permit", activity="boarding", species=["rabbit"], status="in_force")
    room = booking.resource(business, f"Oda {mark}", kind="kennel")
    offering = booking.offering(business, room, kind="stay", name=f"Konaklama {mark}", is_open=False)
    now, guest = timezone.now(), Guest(f"Melek {mark}", "", f"Pıtır {mark}", "rabbit")
    start = booking.at(timezone.localdate() - timedelta(days=1), 14)
    stay = bookings.walk_in(offering=offering, guest=guest, starts_at=start, nights=4, by=owner, now=now)
    bookings.arrive(booking=stay, by=owner, now=now)
    picture = stays.Picture(teams.picture().content, f"Pıtır {mark}")
    report = stays.write_report(booking=stay, text=f"Uyudu {mark}", by=owner, now=now, pictures=[picture])
    nights = {"before": stay.ends_at, "after": stay.ends_at - timedelta(days=1), "nights": -1}
    leaving = LeavingChange.objects.create(
        booking=stay, amount=100, is_decided=False, role="customer", by=owner, at=now, **nights
    )
    return {"stay": stay, "stay_photo": report.photos.get(), "leaving": leaving}


def _money(business: Any, owner: Any, mark: str) -> dict[str, Any]:
    """A sale that can be paid out, and the payout that was asked for."""
    sale = sales.sale(business, "1200", "200", key=f"scene {mark}", earned=True)
    payout = Payout.objects.create(
        business=business,
        amount=100,
        iban=teams.IBAN,
        holder=f"Ihlamur {mark}",
        requested_by=owner,
        requested_at=timezone.now(),
    )
    return {"sale": sale, "payout": payout}


def _goods(business: Any, owner: Any, mark: str) -> dict[str, Any]:
    """A draft with a picture, and an import that was read."""
    seller, now = sellers.open_seller(business=business, by=owner), timezone.now()
    product = goods.make_product(
        partner=seller,
        kind=commerce.kind(),
        facts=goods.Facts(f"Tasma {mark}", f"Deri {mark}"),
        offers=[goods.Offer(f"SKU-{mark}", Decimal(100), 3)],
        by=owner,
        now=now,
    )
    run = seller.imports.create(
        asked_by=owner,
        name=f"urunler {mark}.csv",
        file="yok.csv",
        form="csv",
        status="read",
        asked_at=now,
        read_at=now,
    )
    run.rows.create(number=2, sku=f"SKU-{mark}", status="unchanged", data={"title": f"Tasma {mark}"})
    return {
        "product": product,
        "picture": product.images.bulk_create(
            [product.images.model(product=product, original="yok.png", caption=f"Tasma {mark}")]
        )[0],
        "price_tag": product.stockrecords.get(),
        "goods_import": run,
    }


def _store(business: Any, owner: Any, mark: str) -> dict[str, Any]:
    """An order of its owner at her own business, with a talk about it."""
    goods = commerce.product(by=business.partner)
    parcel = commerce.paid(commerce.placed(owner, (goods, 1))).parcels.get()
    facts = {"parcel": parcel, "side": Side.BUYER, "by": owner, "now": timezone.now()}
    message = talking.write(text=f"Kutu {mark}", photo=teams.picture().content, **facts)
    return {"parcel": parcel, "talk_photo": message.photo}


def _after(business: Any, owner: Any, mark: str) -> dict[str, Any]:
    """What its owner bought of this business, part of which comes back; her review, wish and alert."""
    partner = business.partner
    good, gone = commerce.product(by=partner), commerce.product(stock=0, by=partner)
    order = commerce.placed(owner, (good, 2))
    parcel = order.parcels.get()
    type(parcel).objects.filter(pk=parcel.pk).update(status="new", paid_at=timezone.now())
    parcel.refresh_from_db()
    after.delivered(parcel)
    returned = after.announced(
        parcel, {parcel.lines.get().pk: 1}, words=f"Vazgeçtim {mark}", photos=[after.picture()]
    )
    review = ProductReview.objects.create(
        product=good,
        user=owner,
        line=parcel.lines.get(),
        score=4,
        title="Beğendi",
        body="Severek yedi.",
        status=1,
        written_at=timezone.now(),
        published_at=timezone.now(),
    )
    wishes = WishList.objects.create(owner=owner)
    wishes.add(good)
    return {
        "good": good,
        "returned": returned,
        "return_photo": returned.photos.get(),
        "review": review,
        "wish": wishes.lines.get(),
        "alert": alerts.ask(product=gone, user=owner, now=timezone.now()),
    }


def _of_owner(side: Any, mark: str) -> dict[str, Any]:
    owner, now = side.people["owner"], timezone.now()
    pet = pets.pet(owner, name=f"Pamuk {mark}", marks=f"Beyaz {mark}")
    keeper = pets.co_keeper(pet, side.people[rights.VET])
    note = file.add_note(pet=pet, by=owner, now=now, text=f"Sakin {mark}")
    grant = pets.grant(pet, side.business, "write")
    asked = people.invite_keeper(pet=pet, email=f"dost{mark}@ornek.test", by=owner, now=now)
    address = accounts.add_address(user=owner, facts=_address(mark))
    change = accounts.ask_change(user=owner, channel="email", value=f"yeni{mark}@ornek.test", now=now)
    notice = Notice.objects.create(
        recipient=owner, kind="blog.announced", key=f"1 {mark}", data={"title": {"tr": mark}}, at=now
    )
    bought = finance.invoice(side.business, owner, finance.sold(text=f"Mama {mark}"))
    return {
        "document": bought,
        "bundle": finance.ready_bundle(owner),
        "pet": pet,
        "keeper": keeper,
        "note": note,
        "grant": grant,
        "asked": asked,
        "address": address,
        "contact": change,
        "notice": notice,
        "payment": _payment(owner, now),
        "own_ticket": support.ticket(owner, subject=f"Sorum {mark}", words=f"Derdim {mark}"),
    }


def _payment(owner: Any, now: Any) -> Any:
    row = TopUp.objects.create(user=owner, amount=50, created_at=now)
    return payments.start_payment(key=f"scene {row.pk}", payables=[row], payer=owner, now=now)


def _address(mark: str) -> dict[str, Any]:
    return {
        "kind": "delivery",
        "name": f"Bora {mark}",
        "province": "34",
        "district": f"Kadıköy {mark}",
        "neighbourhood": f"Moda {mark}",
        "street": f"Bahariye {mark}",
        "building": "1",
        "door": "2",
        "postcode": "34710",
    }
