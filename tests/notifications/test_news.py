"""Announcements of the blog, answers of the help centre and the safety of the account become notices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone, translation

from accounts.models import User
from blog import services as blog_services
from blog.models import Announcement
from core import journal, proofs
from core.audiences import Audience
from core.models import Line, Mail
from faq import services as faq_services
from notifications import audiences, events, news, services
from notifications.models import Delivery, Notice
from tests.conftest import PASSWORD
from tests.factories import blog, faq, legal
from tests.notifications.conftest import crowd

pytestmark = pytest.mark.django_db
CODE = "notifications.announcement_told"


@pytest.fixture
def tree(db):
    return faq.tree()


@pytest.fixture
def index(tree):
    return blog.index(tree.home)


def sweep() -> None:
    while journal.sweep():
        pass


def told_to(post) -> list[str]:
    found = Notice.objects.filter(key=str(post.translation_key))
    return sorted(found.values_list("recipient__email", flat=True))


def test_everyone_concerned_is_told_once(index, ayse, bora, person):
    person("Kapalı", "Hesap", email="kapali@ornek.test", is_active=False)
    unproven = person("Yeni", "Gelen", email="yeni@ornek.test")
    unproven.emailaddress_set.update(verified=False)
    post = blog.announced(index, "Çalışma saatleri")
    sweep()
    news.start(post.translation_key)
    sweep()
    for line in Line.objects.filter(name=events.ANNOUNCED):
        journal.handle(line.pk)

    assert told_to(post) == [ayse.email, bora.email]
    notice = ayse.notices.get()
    assert (notice.words("tr").title, notice.link("tr")) == ("Çalışma saatleri", post.url)
    assert not Delivery.objects.filter(channel="email").exists()


def test_many_are_told_in_batches_and_a_batch_that_runs_twice_tells_nobody_anew(index, monkeypatch):
    monkeypatch.setattr(news, "BATCH", 7)
    people = crowd(20)
    post = blog.announced(index)
    sweep()
    lines = Line.objects.filter(name=events.TELLING)
    assert lines.count() == 3
    for line in lines:
        news.tell_batch(key=line.data["announcement"], after=line.data["after"], now=timezone.now())
    assert len(told_to(post)) == len(people)


def test_who_joined_later_is_not_told(index, ayse):
    post = blog.announced(index)
    User.objects.filter(pk=ayse.pk).update(date_joined=timezone.now() + timedelta(minutes=1))
    sweep()
    assert told_to(post) == []


def test_an_audience_gets_its_own(index, ayse, bora, monkeypatch):
    monkeypatch.setattr(audiences, "_members", dict(audiences._members))
    clinics = blog.announced(index, "Klinik", audiences=["clinic"])
    sweep()
    assert told_to(clinics) == []
    audiences.members(Audience.CLINIC)(lambda: User.objects.filter(email=bora.email))
    news.tell_missed(now=timezone.now())
    owners = blog.announced(index, "Herkese", audiences=["owner", "clinic"])
    sweep()
    assert told_to(clinics) == [bora.email]
    assert told_to(owners) == [ayse.email, bora.email]


def test_the_second_language_adds_words_and_no_notice(index, ayse, tree):
    post = blog.announced(index, "Çalışma saatleri")
    sweep()
    english = faq.tree("en", of=tree)
    there = blog.index(english.home, slug="blog", translation_key=index.translation_key)
    blog.announced(there, "Opening hours", translation_key=post.translation_key)
    sweep()
    notice = ayse.notices.get()
    assert notice.words("tr").title == "Çalışma saatleri"
    assert notice.words("en").title == "Opening hours"
    assert notice.link("en").startswith("/en/")


def test_retracted_is_marked_for_everybody_and_told_to_nobody_more(index, ayse, bora, admin):
    post = blog.announced(index)
    sweep()
    Notice.objects.filter(recipient=bora).delete()
    blog_services.retract(post=post, notes={"tr": "Ertelendi."}, by=admin, now=timezone.now())
    sweep()
    news.start(post.translation_key)
    sweep()
    notice = ayse.notices.get()
    assert notice.retracted_at
    with translation.override("tr"):
        assert notice.retraction == "Ertelendi."
    assert not bora.notices.exists()


def test_who_comes_back_is_told_what_she_missed(index, ayse):
    User.objects.filter(pk=ayse.pk).update(is_active=False)
    post = blog.announced(index)
    sweep()
    User.objects.filter(pk=ayse.pk).update(is_active=True)
    news.tell_missed(now=timezone.now())
    sweep()
    assert told_to(post) == [ayse.email]
    news.tell_missed(now=timezone.now())
    assert Line.objects.filter(name=events.TELLING).count() == 2


def test_a_mark_that_was_missed_is_made_up_for(index, ayse, admin):
    post = blog.announced(index)
    sweep()
    blog_services.retract(post=post, notes={"tr": "Ertelendi."}, by=admin, now=timezone.now())
    news.tell_missed(now=timezone.now())
    assert ayse.notices.get().retracted_at


@pytest.mark.parametrize(("mode", "target"), [("notify", "/blog/"), ("explicit", "/hukuki/onay/")])
def test_a_changed_legal_text_goes_by_mail_and_a_first_one_does_not(index, tree, ayse, mode, target):
    document = legal.document(legal.section(tree), mode=mode)
    legal.publish(document)
    sweep()
    assert not ayse.notices.exists()
    legal.publish(
        document, clauses=legal.clauses(iade_2="Bedel iki saat içinde iade edilir."), summary="Süre kısaldı."
    )
    sweep()
    changed = ayse.notices.get(kind="legal.version_published")
    assert changed.link("tr").startswith(target)
    assert Delivery.objects.get(notice=changed, channel="email")
    assert ayse.notices.count() == 1


def test_a_legal_text_that_is_only_published_tells_nobody(index, tree, ayse):
    legal.publish(legal.document(legal.section(tree), mode="publish"))
    sweep()
    assert not ayse.notices.exists()


def test_the_proof_sees_who_was_forgotten_doubled_or_unmarked(index, ayse, bora, admin, monkeypatch):
    monkeypatch.setattr("notifications.proofs.SOON", timedelta(0))
    post = blog.announced(index)
    assert proofs.check(CODE).state == "degraded"
    sweep()
    assert proofs.check(CODE).state == "ok"

    ayse.notices.all().delete()
    assert proofs.check(CODE).state == "failed"
    news.tell_missed(now=timezone.now())
    sweep()
    services.notify("test.order", to=bora, key=str(post.translation_key), now=timezone.now())
    assert proofs.check(CODE).state == "failed"
    Notice.objects.filter(kind="test.order").delete()
    assert proofs.check(CODE).state == "ok"

    Announcement.objects.update(retracted_at=timezone.now(), note="Ertelendi.")
    assert proofs.check(CODE).state == "failed"
    news.tell_missed(now=timezone.now())
    assert proofs.check(CODE).state == "ok"


# --- Answers ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "ayse@ornek.test"])
def test_who_asked_signed_in_has_a_notice_and_one_mail(tree, ayse, admin, address):
    suggestion = faq_services.suggest(
        words="Kedim için pasaport?", email=address, locale="tr", asker=ayse, now=timezone.now()
    )
    page = faq_services.draft(suggestion=suggestion, category=tree.category, by=admin)
    page.save_revision(user=admin).publish()
    sweep()
    services.hand_over(now=timezone.now() + timedelta(days=1))
    sweep()

    notice = ayse.notices.get()
    assert (notice.words("tr").body, notice.link("tr")) == (page.title, page.url)
    answers = Mail.objects.filter(template__in=["notice", "suggestion_answered"])
    assert answers.count() == 1


def test_a_guest_has_no_notice(tree, admin):
    suggestion = faq_services.suggest(
        words="Pasaport?", email="konuk@ornek.test", locale="tr", now=timezone.now()
    )
    page = faq_services.draft(suggestion=suggestion, category=tree.category, by=admin)
    page.save_revision(user=admin).publish()
    sweep()
    assert not Notice.objects.exists()


# --- Safety -------------------------------------------------------------------------------


def sign_in(client: Client) -> None:
    client.post("/hesap/giris/", {"login": "ayse@ornek.test", "password": PASSWORD})


def test_a_new_device_is_told_and_a_known_one_is_not(ayse):
    browser = Client()
    sign_in(browser)
    browser.post("/hesap/cikis/")
    sign_in(browser)
    sweep()
    assert ayse.notices.count() == 1
    sign_in(Client())
    sweep()
    services.hand_over(now=timezone.now())
    sweep()
    assert ayse.notices.filter(kind="accounts.new_device").count() == 2
    assert [message.subject for message in outbox.outbox] == ["Hesabına yeni bir cihazdan girildi"] * 2


def test_a_changed_password_stands_in_the_panel_and_is_mailed_once(client, ayse):
    client.force_login(ayse)
    typed = {"oldpassword": PASSWORD, "password1": "sabah kahvesi ve kedi"}
    client.post("/hesap/sifre/degistir/", typed)
    sweep()
    services.hand_over(now=timezone.now())
    assert ayse.notices.get().kind == "accounts.password_changed"
    assert list(Mail.objects.values_list("template", flat=True)) == ["password_changed"]
