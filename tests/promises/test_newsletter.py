"""Yenilikler: the monthly newsletter, from the foot of a page to the mailbox and out again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.models import BlogIndexPage, PostPage
from core import journal, proofs
from faq.models import QuestionPage
from newsletter.models import Issue, Subscription
from newsletter.tasks import assemble_issue, send_issues

pytestmark = pytest.mark.django_db
CODE = "newsletter.to_confirmed_once"
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def sweep() -> None:
    while journal.sweep():
        pass


def sign_up(address: str) -> None:
    """From the foot of the help centre, as anybody."""
    page = Client().get("/yardim/").content.decode()
    form = page[page.index('class="site-foot__news"') :]
    words = re.search(r'name="text" value="(\w+)"', form)[1]
    fields = {
        "email": address,
        "audiences": re.findall(r'name="audiences" value="(\w+)"', form),
        "text": words,
    }
    assert Client().post("/bulten/", fields, **OURS).status_code == 302
    sweep()


def last_mail_to(address: str):
    return [mail for mail in outbox.outbox if mail.to == [address]][-1]


def path_in(mail, part: str) -> str:
    return re.search(rf"(/bulten/{part}/\S+/)", mail.body)[1]


def publish(title: str) -> PostPage:
    index = BlogIndexPage.objects.get(locale__language_code="tr")
    page = index.add_child(instance=PostPage(title=title, summary="Kısaca.", official=True, live=False))
    page.save_revision().publish()
    return page


def staff(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def release_through_the_back_office(issue: Issue) -> None:
    """Yağmur submits, Elif releases."""
    desk = f"/yonetim/newsletter/{issue.pk}/"
    texts = {"subject_tr": issue.subject_tr, "subject_en": issue.subject_en, "submit": "1"}
    staff("yazar@ornek.test").post(desk, texts)
    issue.refresh_from_db()
    assert issue.status == "submitted"
    staff("editor@ornek.test").post(f"{desk}do/", {"do": "release", "version": issue.version})
    issue.refresh_from_db()
    assert issue.status == "sending"


def newsletters() -> list:
    return [mail for mail in outbox.outbox if "List-Id" in mail.extra_headers]


def test_the_monthly_issue_reaches_confirmed_readers_once_and_ends_with_a_press():
    """Yenilikleri nasıl takip ederim? (Aylık bülten.)"""
    now = timezone.localtime()
    publish("Takvim açıldı")
    sign_up("deniz@ornek.test")
    sign_up("vazgecen@ornek.test")
    sign_up("onaylamayan@ornek.test")
    for name in ("deniz", "vazgecen"):
        confirm = path_in(last_mail_to(f"{name}@ornek.test"), "onay")
        assert Client().get(confirm).status_code == 200
        assert not Subscription.objects.get(email=f"{name}@ornek.test").is_active
        Client().post(confirm, **OURS)
    Subscription.objects.filter(status="active").update(iys_at=now)
    sweep()
    gone = path_in(last_mail_to("vazgecen@ornek.test"), "ayril")
    assert Client(enforce_csrf_checks=True).post(gone, {"List-Unsubscribe": "One-Click"}).status_code == 200

    following = (now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=1)
    before = Issue.objects.count()
    with time_machine.travel(following):
        for _ in range(2):
            assemble_issue()
        assert Issue.objects.count() == before + 1
        issue = Issue.objects.get(month=now.date().replace(day=1))
        release_through_the_back_office(issue)
        for _ in range(2):
            send_issues()
        issue.refresh_from_db()
        mails = [mail for mail in newsletters() if "Takvim açıldı" in mail.body]
        got = sorted(mail.to[0] for mail in mails)
        assert issue.status == "sent"
        assert got.count("deniz@ornek.test") == 1
        assert not {"vazgecen@ornek.test", "onaylamayan@ornek.test"} & set(got)
        assert len(got) == len(set(got))
        assert "Takvim açıldı" in Client().get(f"/bulten/{issue.key}/").content.decode()
        assert proofs.check(CODE).state == "ok"


def test_the_answer_claims_the_proof_and_shows_the_issues():
    """Yenilikleri nasıl takip ederim? (Son sayılar canlı.)"""
    answer = QuestionPage.objects.get(title="Yenilikleri nasıl takip ederim?")
    assert CODE in answer.claims
    page = Client().get(answer.url).content.decode()
    for issue in Issue.objects.public():
        assert issue.get_absolute_url() in page
    assert Issue.objects.public().exists()
