"""What waits for a person, and how each document is accepted by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from legal import queries, services
from legal.models import Acceptance, Mode, NoticeRead
from tests.factories import legal

pytestmark = pytest.mark.django_db
ADDRESS = "/hukuki/onay/"


@pytest.fixture
def terms(section):
    return legal.document(section, key="kosullar", title="Kullanım koşulları", mode=Mode.EXPLICIT)


def test_the_page_is_for_people_who_are_signed_in(client):
    assert client.get(ADDRESS).status_code == 302
    assert client.post(ADDRESS, {"version": "1"}).status_code == 302


def test_pending_are_explicit_documents_in_force_only(section, terms, ayse):
    version = legal.publish(terms)
    legal.publish(legal.document(section, key="kvkk", mode=Mode.NOTIFY, kind="notice"))
    legal.publish(legal.document(section, key="cerezler", mode=Mode.PUBLISH))

    pending = queries.pending_for(ayse)
    assert [new for new, _ in pending.accept] == [version]
    assert [one.document for one in pending.tell] == ["kvkk"]

    services.accept(user=ayse, version=version, context="signup", now=timezone.now())
    services.note_read(user=ayse, version=pending.tell[0], context="signup", now=timezone.now())
    assert queries.pending_for(ayse) == queries.Pending([], [])


def test_a_new_version_waits_again_with_what_has_changed(terms, ayse, client):
    old = legal.publish(terms)
    services.accept(user=ayse, version=old, context="signup", now=timezone.now())
    new = legal.publish(terms, clauses=legal.clauses(iade_2="Bambaşka bir metin."))
    client.force_login(ayse)

    assert queries.pending_for(ayse).accept == [(new, old)]
    body = client.get(ADDRESS).content.decode()
    assert "<ins>" in body
    assert "<del>" in body
    assert "checked" not in body


def test_each_document_is_accepted_by_itself(section, terms, ayse, client):
    first = legal.publish(terms)
    legal.publish(legal.document(section, key="baska", title="Başka", mode=Mode.EXPLICIT))
    client.force_login(ayse)

    answer = client.post(ADDRESS, {"version": first.pk, "accepted": "yes"}, REMOTE_ADDR="192.0.2.9")

    assert answer.status_code == 302
    row = Acceptance.objects.get()
    assert (row.user, row.version, row.context, row.ip, row.locale, row.channel) == (
        ayse,
        first,
        "panel",
        "192.0.2.9",
        "tr",
        "web",
    )
    assert [new.document for new, _ in queries.pending_for(ayse).accept] == ["baska"]
    client.post(ADDRESS, {"version": first.pk, "accepted": "yes"})
    assert Acceptance.objects.count() == 1


def test_an_empty_box_stores_nothing_and_says_why(terms, ayse, client):
    version = legal.publish(terms)
    client.force_login(ayse)

    answer = client.post(ADDRESS, {"version": version.pk})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 40, "1 OR 1=1"])
def test_what_does_not_wait_cannot_be_accepted(terms, ayse, client, version):
    legal.publish(terms)
    client.force_login(ayse)

    answer = client.post(ADDRESS, {"version": version, "accepted": "yes"})

    assert answer.status_code == 302
    assert not Acceptance.objects.exists()


def test_a_version_that_was_replaced_meanwhile_is_not_accepted(terms, ayse, client):
    old = legal.publish(terms)
    legal.publish(terms, clauses=legal.clauses(iade_2="Yeni."))
    client.force_login(ayse)

    client.post(ADDRESS, {"version": old.pk, "accepted": "yes"})

    assert not Acceptance.objects.exists()


def test_people_go_on_to_where_they_were_going_once_nothing_waits(section, terms, ayse, client):
    first = legal.publish(terms)
    second = legal.publish(legal.document(section, key="baska", title="Başka", mode=Mode.EXPLICIT))
    client.force_login(ayse)
    going = {"accepted": "yes", "next": "/hesap/?a=1"}
    assert 'name="next" value="/hesap/?a=1"' in client.get(f"{ADDRESS}?next=/hesap/%3Fa%3D1").content.decode()

    answer = client.post(ADDRESS, going | {"version": first.pk})
    assert answer.url == f"{ADDRESS}?next=%2Fhesap%2F%3Fa%3D1"
    assert client.post(ADDRESS, going | {"version": second.pk}).url == "/hesap/?a=1"
    assert client.get(f"{ADDRESS}?next=/hesap/").url == "/hesap/"


@pytest.mark.parametrize(
    "elsewhere", ["https://kotu.test/", "//kotu.test", "javascript:alert(1)", "\\\\kotu"]
)
def test_the_way_on_never_leaves_our_site(terms, ayse, client, elsewhere):
    version = legal.publish(terms)
    client.force_login(ayse)

    assert elsewhere not in client.get(ADDRESS, {"next": elsewhere}).content.decode()
    answer = client.post(ADDRESS, {"version": version.pk, "accepted": "yes", "next": elsewhere})
    assert answer.url == ADDRESS


def test_texts_that_were_only_told_are_noted_when_people_say_so(section, ayse, client):
    told = legal.publish(legal.document(section, key="kvkk", kind="notice"))
    client.force_login(ayse)

    answer = client.post(ADDRESS, {"seen": [told.pk], "next": "/panel/"})

    assert answer.url == "/panel/"
    assert (NoticeRead.objects.get().version, NoticeRead.objects.get().user) == (told, ayse)
    assert queries.pending_for(ayse).tell == []


@pytest.mark.parametrize("seen", ["0", "x", "9" * 40])
def test_only_what_was_listed_is_noted(section, ayse, client, seen):
    legal.publish(legal.document(section, key="kvkk", kind="notice"))
    client.force_login(ayse)

    client.post(ADDRESS, {"seen": [seen]})

    assert not NoticeRead.objects.exists()


def test_a_policy_is_news_only_when_it_changes_something_for_those_who_were_here(section, ayse, person):
    policy = legal.document(section, key="gizlilik", kind="policy")
    legal.publish(policy)
    assert queries.waiting_for(ayse) == [], "the first version changes nothing"

    second = legal.publish(policy, clauses=legal.clauses(iade_2="Yeni."))
    assert queries.waiting_for(ayse) == [second]
    assert queries.waiting_for(person("Ece", "Can")) == [], "who comes later knows no other"


def test_a_version_that_begins_after_sign_up_is_news(section, person):
    policy = legal.document(section, key="gizlilik", kind="policy")
    legal.publish(policy)
    later = timezone.localdate() + timedelta(days=30)
    coming = legal.publish(policy, clauses=legal.clauses(iade_2="Yeni."), effective_from=later)
    ece = person("Ece", "Can")
    assert queries.waiting_for(ece) == []

    services.bring_into_force(today=later)
    assert queries.waiting_for(ece) == [coming]


def test_the_form_needs_its_token(terms, ayse):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ayse)
    version = legal.publish(terms)

    assert strict.post(ADDRESS, {"version": version.pk, "accepted": "yes"}).status_code == 403


def test_pending_costs_the_same_for_one_document_and_many(section, terms, ayse):
    legal.publish(terms)
    with CaptureQueriesContext(connection) as few:
        queries.pending_for(ayse)
    for number in range(9):
        legal.publish(legal.document(section, key=f"belge-{number}", mode=Mode.EXPLICIT))
    with CaptureQueriesContext(connection) as many:
        queries.pending_for(ayse)

    assert len(many) == len(few) == 2
