"""“Was this helpful?”: one voice for each visitor and version, with and without script."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import limits
from faq import services, visitors
from faq.errors import AlreadyVoted, AnswerRenewed
from faq.models import Feedback
from tests.conftest import PASSWORD
from tests.factories import faq

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
IN_PLACE = {**OURS, "HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture
def page(tree):
    return faq.question(tree.category, "Mama ne kadar?", summary="Tartıya göre.")


@pytest.fixture
def send(client, page):
    def post(data, headers=OURS, who=None):
        return (who or client).post(reverse("faq:vote", args=[page.pk]), {"revision": 0, **data}, **headers)

    return post


def test_a_yes_is_counted_and_thanked_for(send, page):
    answer = send({"helpful": "yes"})

    assert answer.status_code == 200
    vote = Feedback.objects.get()
    assert (vote.page_id, vote.helpful, vote.locale, vote.revision) == (page.pk, True, "tr", 0)


def test_a_no_asks_for_the_reason_on_a_page_of_its_own(send, client, page):
    answer = send({"helpful": "no"})

    assert answer.status_code == 302
    assert 'name="reason" value="unclear"' in client.get(answer.url).content.decode()
    assert send({"reason": "outdated", "comment": "Tablo eski."}).status_code == 200
    vote = Feedback.objects.get()
    assert (vote.helpful, vote.reason, vote.comment) == (False, "outdated", "Tablo eski.")


def test_in_place_only_the_fragment_is_sent(send):
    answer = send({"helpful": "no"}, IN_PLACE)

    body = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in body
    assert 'name="comment"' in body
    done = send({"reason": "wrong"}, IN_PLACE)
    assert (done.status_code, "<html" in done.content.decode()) == (200, False)


def test_the_second_vote_on_the_same_version_is_refused_in_words(send):
    send({"helpful": "yes"})

    answer = send({"helpful": "no"})

    assert answer.status_code == 409
    assert str(AlreadyVoted.message) in answer.content.decode()
    assert Feedback.objects.get().helpful


def test_a_mind_may_be_changed_for_ten_minutes(send):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        send({"helpful": "yes"})
        send({"helpful": "no", "change": "on"})
        assert not Feedback.objects.get().helpful
        clock.shift(timedelta(minutes=11))
        assert send({"helpful": "yes", "change": "on"}).status_code == 409
    assert not Feedback.objects.get().helpful


def test_a_new_version_may_be_voted_on_again(send, page):
    send({"helpful": "no"})
    page.save_revision().publish()
    page.refresh_from_db()

    assert send({"helpful": "yes", "revision": page.live_revision_id}).status_code == 200
    assert Feedback.objects.count() == 2


def test_a_vote_on_a_version_that_is_gone_is_not_counted_for_the_new_one(send, page):
    page.save_revision().publish()

    answer = send({"helpful": "no", "revision": 0})

    assert answer.status_code == 409
    assert str(AnswerRenewed.message) in answer.content.decode()
    assert not Feedback.objects.exists()


def test_the_cookie_comes_with_the_vote_and_not_before(client, send, page):
    assert not client.get(page.url).cookies
    answer = send({"helpful": "yes"})

    cookie = answer.cookies[visitors.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not client.get(page.url).cookies, "reading stays free of new cookies"


def test_pages_with_the_form_may_be_cached(client, tree, page):
    for url in (page.url, tree.index.url, tree.category.url):
        answer = client.get(url)
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert not answer.cookies


def test_a_forged_cookie_is_a_new_visitor(send, client):
    client.cookies[visitors.COOKIE] = "abc:def:ghi"

    assert send({"helpful": "yes"}).status_code == 200
    assert send({"helpful": "yes"}).status_code == 409


def test_a_person_is_one_visitor_in_every_browser(send, ayse):
    for status in (200, 409):
        browser = Client()
        browser.login(email=ayse.email, password=PASSWORD)
        assert send({"helpful": "yes"}, who=browser).status_code == status
    assert ayse.email not in Feedback.objects.get().visitor


def test_the_database_refuses_a_second_vote(page):
    row = {"page": page, "revision": 1, "visitor": "v", "helpful": True, "locale": "tr"}
    Feedback.objects.create(**row)

    with pytest.raises(IntegrityError, match="visitor_votes_once_on_a_revision"), transaction.atomic():
        Feedback.objects.create(**row)
    with pytest.raises(IntegrityError, match="only_a_no_has_a_reason"), transaction.atomic():
        Feedback.objects.create(**{**row, "visitor": "w", "reason": "wrong"})


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"helpful": "maybe"}, 400),
        ({"helpful": "yes", "revision": "x"}, 400),
        ({"helpful": "yes", "revision": -1}, 400),
        ({"helpful": "yes", "revision": 10**30}, 400),
        ({"reason": "", "comment": ""}, 400),
        ({"reason": "nonsense"}, 400),
        ({"comment": "x" * 201}, 400),
        ({"comment": "a\0b"}, 400),
        ({"comment": "kartım 4111 1111 1111 1111"}, 400),
    ],
)
@pytest.mark.parametrize("headers", [OURS, IN_PLACE], ids=["page", "in place"])
def test_bad_input_is_explained(send, data, status, headers):
    send({"helpful": "no"})

    answer = send(data, headers)

    assert answer.status_code == status
    assert "data-vote" in answer.content.decode()
    assert Feedback.objects.get().reason == Feedback.objects.get().comment == ""


def test_typed_words_stay_beside_the_error(send):
    send({"helpful": "no"})

    body = send({"comment": "kartım 4111111111111111", "reason": "wrong"}).content.decode()

    assert "kartım 4111111111111111" in body
    assert 'aria-invalid="true"' in body
    assert "checked" in body


def test_a_reason_without_a_vote_is_refused(send):
    assert send({"reason": "wrong"}).status_code == 409


def test_another_site_cannot_vote_for_its_visitors(send):
    assert send({"helpful": "yes"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}).status_code == 403
    assert send({"helpful": "yes"}, {"HTTP_ORIGIN": "https://evil.example"}).status_code == 403
    assert not Feedback.objects.exists()


def test_drafts_and_strangers_are_not_there(tree, client):
    draft = faq.question(tree.category, "Taslak", live=False)

    for pk in (draft.pk, tree.category.pk, 10**8):
        assert client.post(reverse("faq:vote", args=[pk]), {"helpful": "yes"}, **OURS).status_code == 404


def test_too_many_votes_from_one_place_have_to_wait(send, monkeypatch):
    monkeypatch.setattr("faq.views.votes.MOST_VOTES", 1)
    assert send({"helpful": "yes"}, who=Client()).status_code == 200

    answer = send({"helpful": "yes"}, who=Client())

    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert Feedback.objects.count() == 1


def test_without_the_limit_they_would_not(send, monkeypatch):
    """Negative control of the guard above."""
    monkeypatch.setattr("faq.views.votes.MOST_VOTES", 1)
    monkeypatch.setattr(limits, "is_over", lambda *args, **kwargs: False)

    assert [send({"helpful": "yes"}, who=Client()).status_code for _ in range(3)] == [200] * 3


def test_two_votes_at_once_leave_one(page):
    """The unique constraint decides, also between two workers; see also tests/core/rivals."""
    now = timezone.now()
    services.vote(page=page, revision=0, helpful=True, visitor="v", now=now)
    with pytest.raises(AlreadyVoted):
        services.vote(page=page, revision=0, helpful=False, visitor="v", now=now)
    assert Feedback.objects.count() == 1
