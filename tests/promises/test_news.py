"""Yenilikler: the notice in the panel; the newsletter stands in `test_newsletter.py`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from blog.models import BlogIndexPage, PostPage
from core import journal, proofs
from faq.models import QuestionPage
from notifications.models import Delivery, Notice

pytestmark = pytest.mark.django_db
CODE = "notifications.announcement_told"


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch):
    """The proof looks at once and not only after five minutes."""
    monkeypatch.setattr("notifications.proofs.SOON", timedelta(0))
    sweep()


def sweep() -> None:
    while journal.sweep():
        pass


def announce(title: str, **fields) -> PostPage:
    index = BlogIndexPage.objects.get(locale__language_code="tr")
    post = PostPage(title=title, summary="Kısaca.", official=True, live=False, **fields)
    page = index.add_child(instance=post)
    page.save_revision().publish()
    return PostPage.objects.get(pk=page.pk)


def notices_of(post: PostPage) -> list[int]:
    return sorted(Notice.objects.filter(key=str(post.translation_key)).values_list("recipient", flat=True))


def test_what_is_published_is_told_to_everyone_in_the_audience_once():
    """Yenilikleri nasıl takip ederim?"""
    post = announce("Takvim açıldı", audiences=["owner"])
    sweep()
    post.save_revision().publish()
    sweep()

    everyone = sorted(User.objects.filter(is_active=True).values_list("pk", flat=True))
    assert notices_of(post) == everyone
    assert len(everyone) > 5
    assert proofs.check(CODE).state == "ok"


def test_what_is_written_for_clinics_does_not_go_to_pet_parents():
    """Yenilikleri nasıl takip ederim? (Yalnız klinikler için.)"""
    post = announce("Klinik takvimi", audiences=["clinic"])
    sweep()
    in_clinics = User.objects.filter(memberships__business__kind="clinic").values_list("pk", flat=True)
    assert notices_of(post) == sorted(in_clinics)
    assert 0 < len(in_clinics) < User.objects.filter(is_active=True).count()


def test_no_mail_about_news_without_asking_for_it():
    """Yenilikleri nasıl takip ederim? (İzinsiz e-posta yok.)"""
    post = announce("Takvim açıldı")
    sweep()
    mailed = Delivery.objects.filter(notice__key=str(post.translation_key), channel="email")
    assert not mailed.exists()


def test_the_answer_claims_the_proof_and_the_proof_sees_a_forgotten_person(ayse):
    """Yenilikleri nasıl takip ederim? (Kanıt tutmayınca söyler.)"""
    answer = QuestionPage.objects.get(title="Yenilikleri nasıl takip ederim?")
    assert CODE in answer.claims
    assert proofs.check(CODE).state == "ok"
    ayse.notices.filter(kind="blog.announced").first().delete()
    assert proofs.check(CODE).state == "failed"


def test_the_demo_people_have_the_announcements_of_the_demo(ayse):
    """Yenilikleri nasıl takip ederim? (Duyurular panelde.)"""
    assert ayse.notices.filter(kind="blog.announced", at__lte=timezone.now()).count() >= 2
