"""An issue leaves: once to each reader who may have it, whatever happens on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services as accounts
from blog.services import retract
from core import bounces
from newsletter import queries, services
from newsletter.models import Delivery, Subscription
from newsletter.services import sending, subscribing
from tests.factories import blog as posts
from tests.factories import newsletter as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(post, author, releaser):
    """An issue with this post, or with those given, on its way."""

    def call(*others, **fields):
        return make.released(make.issue(*(others or (post,)), **fields), author=author, releaser=releaser)

    return call


def ends() -> dict[str, str]:
    return dict(Delivery.objects.values_list("subscription__email", "status"))


def reasons() -> dict[str, str]:
    return dict(Delivery.objects.exclude(error="").values_list("subscription__email", "error"))


def test_each_confirmed_reader_gets_it_once(release):
    make.reader("a@ornek.test")
    make.reader("b@ornek.test", locale="en")
    make.asked("unconfirmed@ornek.test")
    issue = release()
    mails = make.send_all()
    assert sorted(mail.to[0] for mail in mails) == ["a@ornek.test", "b@ornek.test"]
    assert {mail.to[0]: mail.subject for mail in mails} == {
        "a@ornek.test": "Mayıs ayında Diji.vet",
        "b@ornek.test": "Diji.vet in May",
    }
    issue.refresh_from_db()
    assert issue.status == "sent"
    assert issue.finished_at
    assert len(make.send_all()) == 2, "a second run sends nothing"


def test_headers_and_what_the_law_wants(release, settings):
    row = make.reader("a@ornek.test")
    issue = release(intro_tr="Şimşek gibi geçen ay.\n\nİyi okumalar.")
    (mail,) = make.send_all()
    stop = mail.extra_headers["List-Unsubscribe"]
    assert stop.startswith(f"<{settings.BASE_URL}/bulten/ayril/")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["Precedence"] == "bulk"
    delivery = issue.deliveries.get()
    assert mail.extra_headers["Message-ID"] == delivery.message_id
    html = mail.alternatives[0].content
    for text in (mail.body, html):
        for part in (
            "Diji Veteriner Teknolojileri A.Ş.",
            "0123456789012345",
            "bulten@ornek.test",
            stop[1:-1],
        ):
            assert part in text
        assert "Takvim açıldı" in text
        assert "@@" not in text
    assert "İyi okumalar." in html
    assert "<img" not in html
    assert "prefers-color-scheme: dark" in html
    assert str(row.public_id) not in html
    raw = mail.message().as_bytes()
    assert b"Takvim a=C3=A7" in raw or b"base64" in raw or "Takvim açıldı".encode() in raw


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda row: services.stop(subscription=row, where=make.PAGE, now=timezone.now()), "stopped"),
        (lambda row: bounces.suppress(row.email, now=timezone.now()), "address"),
        (
            lambda row: services.stop(
                subscription=row,
                where=services.Where(source=subscribing.BY_IYS, locale="tr"),
                now=timezone.now(),
            ),
            "stopped",
        ),
        (lambda row: Subscription.objects.filter(pk=row.pk).delete(), "stopped"),
    ],
    ids=["refused", "dead address", "İYS says no", "forgotten"],
)
def test_what_happens_between_release_and_sending_counts(release, spoil, why):
    row = make.reader("a@ornek.test")
    issue = release()
    spoil(row)
    assert make.send_all() == []
    delivery = issue.deliveries.get()
    assert (delivery.status, delivery.error) == ("withheld", why)


def test_a_consent_taken_back_in_the_account_holds_before_the_worker_hears_of_it(release, ayse):
    make.reader(ayse.email)
    release()
    accounts.withdraw_consent(user=ayse, purpose="newsletter.email", now=timezone.now(), evidence={})
    assert make.send_all() == []
    assert reasons() == {ayse.email: "withdrawn"}


def test_without_the_approval_in_iys_nothing_leaves(release):
    make.reader("a@ornek.test", in_iys=False)
    issue, now = release(), timezone.now()
    assert make.send_all(now) == []
    assert ends() == {"a@ornek.test": "waiting"}
    Subscription.objects.update(iys_at=now)
    assert len(make.send_all(now + timedelta(hours=2))) == 1
    issue.refresh_from_db()
    assert issue.status == "sent"


def test_who_does_not_come_into_iys_for_three_days_is_left_out(release):
    make.reader("a@ornek.test", in_iys=False)
    release()
    assert make.send_all(timezone.now() + timedelta(days=4)) == []
    assert reasons() == {"a@ornek.test": "not_in_iys"}


def test_audiences_are_respected(blog, release):
    for_all = posts.post(blog, "Herkese")
    for_clinics = posts.post(blog, "Kliniklere", audiences=["clinic"])
    make.reader("ebeveyn@ornek.test", audiences=["owner"])
    make.reader("klinik@ornek.test", audiences=["clinic"])
    release(for_all, for_clinics)
    texts = {mail.to[0]: mail.body for mail in make.send_all()}
    assert "Herkese" in texts["ebeveyn@ornek.test"]
    assert "Kliniklere" not in texts["ebeveyn@ornek.test"]
    assert "Kliniklere" in texts["klinik@ornek.test"]


def test_who_would_get_an_empty_letter_gets_none(blog, release):
    make.reader("ebeveyn@ornek.test", audiences=["owner"])
    release(posts.post(blog, "Kliniklere", audiences=["clinic"]))
    assert make.send_all() == []
    assert reasons() == {"ebeveyn@ornek.test": "empty"}


def test_a_retraction_after_the_release_is_respected(blog, release, admin):
    told, other = posts.announced(blog, "Yanlış duyuru"), posts.post(blog, "Doğru yazı")
    make.reader("a@ornek.test")
    release(told, other)
    retract(post=told, notes={"tr": "Yanlıştı."}, by=admin, now=timezone.now())
    (mail,) = make.send_all()
    assert "Yanlış duyuru" not in mail.body
    assert "Doğru yazı" in mail.body


def test_a_retraction_in_the_middle_holds_from_the_next_round(blog, release, admin, monkeypatch):
    monkeypatch.setattr(sending, "ROUND", 2)
    told, other = posts.announced(blog, "Yanlış duyuru"), posts.post(blog, "Doğru yazı")
    make.readers(4)
    release(told, other)
    services.send_batch(clock=timezone.now, most=2)
    retract(post=told, notes={"tr": "Yanlıştı."}, by=admin, now=timezone.now())
    assert ["Yanlış duyuru" in mail.body for mail in make.send_all()] == [True, True, False, False]


def test_words_are_those_that_were_submitted(post, release):
    make.reader("a@ornek.test")
    release(post)
    post.title = "Sonradan değişti"
    posts.publish(post)
    (mail,) = make.send_all()
    assert "Takvim açıldı" in mail.body


def test_a_pause_stops_and_going_on_continues(release, releaser):
    make.readers(5)
    issue = release()
    services.send_batch(clock=timezone.now, most=2)
    services.pause(issue=issue, by=releaser)
    assert len(make.send_all()) == 2
    services.resume(issue=issue, by=releaser)
    assert len({mail.to[0] for mail in make.send_all()}) == 5


def test_what_a_dead_worker_had_in_hand_is_unknown_and_never_sent_again(release, releaser, monkeypatch):
    make.readers(3)
    issue = release()

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(sending, "settle", die)
        services.send_batch(clock=timezone.now)
    now = timezone.now()
    assert len(make.letters()) == 1, "the mail had left when the worker died"
    assert services.flag_lost(now=now) == 0, "it may still be in somebody's hand"
    make.send_all(now)
    later = now + timedelta(minutes=4)
    assert services.flag_lost(now=later) == 1
    mails = make.send_all(later)
    assert len(mails) == len({mail.to[0] for mail in mails}) == 3
    issue.refresh_from_db()
    assert issue.status == "sent"

    assert services.decide_unknown(issue=issue, again=True, by=releaser, now=later) == 1
    assert len(make.send_all(later)) == 4, "a person said so"
    issue.refresh_from_db()
    assert issue.status == "sent"


def test_with_the_guard_off_somebody_would_get_it_twice(release, monkeypatch):
    """Negative control: a sweeper that puts lost mails back into the line."""
    make.readers(1)
    release()

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(sending, "settle", die)
        services.send_batch(clock=timezone.now)
    Delivery.objects.filter(status="claimed").update(status="waiting")
    assert len(make.send_all()) == 2


def test_counted_as_sent(release, releaser):
    make.readers(1)
    issue = release()
    issue.deliveries.update(status="unknown", claimed_at=timezone.now())
    assert services.decide_unknown(issue=issue, again=False, by=releaser, now=timezone.now()) == 1
    assert make.send_all() == []


def test_queries_do_not_grow_with_the_parts_of_an_issue(blog):
    few = make.issue(posts.post(blog, "Yazı"))
    many = make.issue(*(posts.post(blog, f"Yazı {n}") for n in range(20)), month=few.month.replace(month=6))
    counts = []
    for issue in (few, few, many):  # the first fills Wagtail's own memory of its sites
        with CaptureQueriesContext(connection) as asked:
            assert queries.pieces(queries.items_of(issue), "tr")
            queries.progress(issue)
        counts.append(len(asked))
    assert counts[1] == counts[2]
