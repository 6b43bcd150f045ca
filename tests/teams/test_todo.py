"""The card of what has to be done: as far as the reader may touch it, and silent when nothing waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from teams import licences, rights, todo, verification
from teams.access import of
from teams.models import Topic
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(bora):
    return teams.verified(bora)


def texts(clinic, user) -> list[str]:
    return [task.text for task in todo.of(of(user, clinic.slug), now=timezone.now())]


def ask(clinic, bora):
    values = {"legal_name": "Ihlamur A.Ş."}
    return verification.request_change(
        business=clinic, topic=Topic.IDENTITY, values=values, by=bora, now=timezone.now()
    )


def test_changes_that_wait_and_those_that_came_back(clinic, bora, admin):
    row = ask(clinic, bora)
    assert any("inceliyoruz" in text for text in texts(clinic, bora))
    seen = {"verification": row, "version": row.version, "by": admin, "now": timezone.now()}
    verification.send_back(**seen, reasons={"legal_name": "Levhada başka yazıyor."})
    waiting = texts(clinic, bora)
    assert any("notla geri geldi" in text for text in waiting)
    assert not any("inceliyoruz" in text for text in waiting)


def test_permits_that_end_until_they_are_renewed(clinic, bora):
    held = clinic.licences.get()
    held.valid_until = timezone.localdate() + timedelta(days=30)
    held.save(update_fields=["valid_until"])
    assert any("bitiyor" in text for text in texts(clinic, bora))
    clinic.licences.update(valid_until=timezone.localdate() - timedelta(days=1))
    licences.watch(now=timezone.now())
    assert any("bitti" in text for text in texts(clinic, bora))
    teams.licence(clinic, number="YENİ-1", replaces=held)
    assert not any("bitti" in text for text in texts(clinic, bora))


def test_nothing_is_told_to_who_may_do_nothing_about_it(client, clinic, bora, cem):
    ask(clinic, bora)
    teams.member(clinic, cem, rights.RECEPTION)
    assert texts(clinic, cem) == []
    client.force_login(cem)
    assert "waiting-card" not in client.get(clinic.panel_url).content.decode()
    client.force_login(bora)
    assert "waiting-card" in client.get(clinic.panel_url).content.decode()


@pytest.mark.parametrize("many", [1, 20])
def test_queries_do_not_grow(clinic, bora, person, django_assert_num_queries, many):
    for number in range(many):
        teams.member(clinic, person("Üye", str(number), email=f"u{number}@ornek.test"), rights.MANAGER)
        soon = timezone.localdate() + timedelta(days=20)
        teams.licence(clinic, number=f"N-{number}", status="in_force", valid_until=soon)
    access = of(bora, clinic.slug)
    with django_assert_num_queries(4):
        assert list(todo.of(access, now=timezone.now()))
