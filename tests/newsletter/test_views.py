"""Doors for readers: nothing leaks, a look changes nothing, a press acts."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core import journal
from core.models import Mail
from newsletter import consent, links, rules, services
from newsletter.models import Issue, Subscription
from tests.factories import blog as posts
from tests.factories import newsletter as make

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def strict() -> Client:
    """As a browser without our cookie: Django's own check is on."""
    return Client(enforce_csrf_checks=True)


def form(address: str, **more) -> dict:
    text = consent.words("tr").sha256
    return {"email": address, "audiences": ["owner", "clinic"], "text": text, "website": "", **more}


def stop_url(row: Subscription) -> str:
    return reverse("newsletter:stop", args=[links.sign(row, links.STOP)])


def preferences_url(row: Subscription) -> str:
    return reverse("newsletter:preferences", args=[links.sign(row, links.PREFERENCES)])


def test_the_form_asks_and_the_link_confirms(strict):
    answer = strict.post("/bulten/", form("deniz@ornek.test"), HTTP_REFERER="http://testserver/blog/", **OURS)
    assert (answer.status_code, answer["Location"]) == (302, "/bulten/gonderdik/")
    row = Subscription.objects.get()
    assert row.evidence.get().source == "/blog/"
    url = reverse("newsletter:confirm", args=[make.token_of(row)])
    for look in (strict.get, strict.head, strict.get):
        assert look(url).status_code == 200
    row.refresh_from_db()
    assert row.status == "pending", "a scanner's look confirms nothing"
    answer = strict.post(url, **OURS)
    row.refresh_from_db()
    assert row.is_active
    assert row.audiences == ["owner", "clinic"]
    assert strict.get(answer["Location"]).status_code == 200
    assert strict.get(url).status_code == 410
    assert make.token_of(row) not in str(list(row.evidence.values_list("source", flat=True)))


def test_the_answer_does_not_tell_who_is_subscribed(client):
    make.reader("var@ornek.test")
    stopped = make.reader("bitti@ornek.test")
    services.stop(subscription=stopped, where=make.PAGE, now=timezone.now())
    make.asked("bekliyor@ornek.test")
    answers, work = set(), {}
    for name in ("var", "yok", "bitti", "bekliyor"):
        Mail.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            answer = client.post("/bulten/", form(f"{name}@ornek.test"), **OURS)
        answers.add((answer.status_code, answer["Location"], answer.content))
        work[name] = len(asked)
        assert Mail.objects.count() == 1, "each causes one mail"
    assert len(answers) == 1
    assert max(work.values()) - min(work.values()) <= 3, work


def test_mail_bombing_is_refused(client):
    for number in range(rules.PLACE_PER_HOUR):
        assert client.post("/bulten/", form(f"a{number}@ornek.test"), **OURS).status_code == 302
    answer = client.post("/bulten/", form("son@ornek.test"), **OURS)
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert Mail.objects.count() == rules.PLACE_PER_HOUR


def test_one_address_is_not_bombed_from_many_places(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(6):
        place = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}"}
        assert Client().post("/bulten/", form("kurban@ornek.test"), **OURS, **place).status_code == 302
    assert Mail.objects.count() == rules.ADDRESS_PER_DAY


@pytest.mark.parametrize(
    "spoilt",
    [
        {"email": "deniz"},
        {"email": ""},
        {"email": "deniz@ornek.test\r\nBcc: kurban@ornek.test"},
        {"email": "deniz@ornek.test%0aBcc:x"},
        {"audiences": []},
        {"audiences": ["herkes"]},
        {"text": "eski"},
        {"website": "http://reklam.test"},
    ],
)
def test_a_refused_form_comes_back_with_what_was_typed(client, spoilt):
    answer = client.post("/bulten/", form("deniz@ornek.test", **spoilt), **OURS)
    assert answer.status_code == 422
    assert not Subscription.objects.exists()
    typed = spoilt.get("email", "deniz@ornek.test").split("\r")[0]
    assert typed in answer.content.decode()
    assert consent.words("tr").sha256 in answer.content.decode()


def test_a_foreign_page_sends_nothing_in_our_name(strict):
    foreign = {"HTTP_SEC_FETCH_SITE": "cross-site"}
    row = make.asked("b@ornek.test")
    confirm = reverse("newsletter:confirm", args=[make.token_of(row)])
    assert strict.post("/bulten/", form("a@ornek.test"), **foreign).status_code == 403
    assert strict.post(confirm, **foreign).status_code == 403
    reader = make.reader("c@ornek.test")
    assert strict.post(preferences_url(reader), {"locale": "en"}, **foreign).status_code == 403


def test_one_click_ends_it_from_anywhere_and_again(strict):
    """RFC 8058: a mail service posts without cookie, origin or referer."""
    row = make.reader("a@ornek.test")
    assert strict.get(stop_url(row)).status_code == 200
    assert strict.head(stop_url(row)).status_code == 200
    row.refresh_from_db()
    assert row.is_active, "a look ends nothing"
    for _ in range(2):
        answer = strict.post(stop_url(row), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        row.refresh_from_db()
        assert row.status == "stopped"
    assert row.evidence.filter(kind="stopped").count() == 1
    assert "Geri al" in answer.content.decode()


def test_the_stop_is_taken_back(client):
    row = make.reader("a@ornek.test")
    client.post(stop_url(row))
    undo = reverse("newsletter:undo", args=[links.sign(row, links.STOP)])
    assert client.get(undo).status_code == 405
    assert client.post(undo, **OURS).status_code == 302
    row.refresh_from_db()
    assert row.is_active


def test_a_link_is_for_one_use_and_one_reader(client):
    row, other = make.reader("a@ornek.test"), make.reader("b@ornek.test")
    for name, use in (("preferences", links.STOP), ("stop", links.PREFERENCES)):
        assert client.get(reverse(f"newsletter:{name}", args=[links.sign(row, use)])).status_code == 404
    forged = links.sign(row, links.STOP).replace(row.public_id.hex, other.public_id.hex)
    assert client.post(reverse("newsletter:stop", args=[forged])).status_code == 404
    assert client.post(reverse("newsletter:stop", args=[other.public_id.hex])).status_code == 404
    assert Subscription.objects.filter(status="active").count() == 2


def test_preferences_by_link(client):
    row = make.reader("deniz@ornek.test")
    page = client.get(preferences_url(row)).content.decode()
    assert "deniz@ornek.test" not in page, "the link may have been passed on"
    answer = client.post(preferences_url(row), {"audiences": ["clinic"], "locale": "en"}, **OURS)
    row.refresh_from_db()
    assert (row.audiences, row.locale) == (["clinic"], "en")
    assert answer["Location"].startswith("http://127.0.0.1:8000/en/bulten/tercih/")
    refused = client.post(preferences_url(row), {"locale": "tr"}, **OURS)
    assert refused.status_code == 422


def test_pages_behind_links_are_not_kept(client):
    row = make.reader("a@ornek.test")
    for url in (stop_url(row), preferences_url(row)):
        assert "no-store" in client.get(url)["Cache-Control"]
        assert "noindex" in client.get(url).content.decode()


def test_the_panel_asks_changes_ends_and_takes_back(client, ayse):
    client.force_login(ayse)
    url = reverse("newsletter:mine")
    wish = {"audiences": ["owner"], "locale": "en"}
    assert client.post(url, {"locale": "tr"}).status_code == 422
    client.post(url, wish)
    row = Subscription.objects.get(email=ayse.email)
    assert (row.status, row.locale) == ("pending", "en")
    services.confirm(token=make_token(row), where=make.PAGE, now=timezone.now())
    client.post(url, {"audiences": ["owner", "partner"], "locale": "tr"})
    row.refresh_from_db()
    assert (row.audiences, row.locale) == (["owner", "partner"], "tr")
    client.post(url, {"do": "stop"})
    row.refresh_from_db()
    assert row.status == "stopped"
    assert "Geri al" in client.get(url).content.decode()
    client.post(url, {"do": "undo"})
    row.refresh_from_db()
    assert row.is_active


def make_token(row: Subscription) -> str:
    return re.search(r"/bulten/onay/([^/]+)/", Mail.objects.filter(to=row.email).latest("pk").text)[1]


def test_the_panel_shows_her_own_address_only(client, ayse, bora):
    make.reader(bora.email)
    client.force_login(ayse)
    client.post(reverse("newsletter:mine"), {"do": "stop"})
    assert Subscription.objects.get(email=bora.email).is_active


def test_my_consents_show_it_and_take_it_back(client, ayse):
    row = make.reader(ayse.email)
    client.force_login(ayse)
    assert "aylık bülten" in client.get(reverse("account_consents")).content.decode()
    client.post(reverse("account_consents"), {"purpose": "newsletter.email", "decision": "withdraw"})
    journal.sweep()
    row.refresh_from_db()
    assert row.status == "stopped"


@pytest.fixture
def sent(post, author, releaser) -> Issue:
    make.reader("a@ornek.test")
    issue = make.released(make.issue(post), author=author, releaser=releaser)
    make.send_all()
    issue.refresh_from_db()
    return issue


def test_the_archive_shows_what_was_sent_and_nothing_else(client, sent, post):
    make.issue(post, month=date(2026, 6, 1))
    page = client.get("/bulten/").content.decode()
    assert "/bulten/2026-05/" in page
    assert "/bulten/2026-06/" not in page
    issue = client.get("/bulten/2026-05/")
    assert "Takvim açıldı" in issue.content.decode()
    for address in ("/bulten/2026-06/", "/bulten/2026-13/", "/bulten/2025-01/"):
        assert client.get(address).status_code == 404
    assert client.get("/en/bulten/2026-05/").status_code == 200


def test_the_archive_marks_what_was_retracted_later(client, blog, author, releaser, admin):
    from blog.services import retract

    told = posts.announced(blog, "Yanlış duyuru")
    make.reader("a@ornek.test")
    make.released(make.issue(told), author=author, releaser=releaser)
    make.send_all()
    retract(post=told, notes={"tr": "Yanlıştı."}, by=admin, now=timezone.now())
    page = client.get("/bulten/2026-05/").content.decode()
    assert "Yanlış duyuru" in page
    assert "Geri çekildi" in page


@pytest.mark.django_db(transaction=True)
def test_kept_answers_change_with_a_new_issue(client, settings, post, author, releaser):
    settings.RESPONSE_CACHE = True
    assert "Henüz sayı yok" in client.get("/bulten/").content.decode()
    make.reader("a@ornek.test")
    make.released(make.issue(post), author=author, releaser=releaser)
    make.send_all()
    assert "/bulten/2026-05/" in client.get("/bulten/").content.decode()
    assert not client.get("/bulten/").cookies


def test_the_form_stands_at_the_foot_of_every_page(client):
    for address in ("/bulten/gonderdik/", "/boyle-bir-sayfa-yok/"):
        page = client.get(address).content.decode()
        assert 'class="site-foot__news"' in page
        assert consent.words("tr").sha256 in page
    assert consent.words("en").sha256 in client.get("/en/bulten/").content.decode()


def test_queries_do_not_grow_with_the_archive(client, post):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/bulten/")
        return len(asked)

    now = timezone.now()
    facts = {"status": "sent", "released_at": now, "finished_at": now}
    make.issue(post, month=date(2025, 1, 1), **facts)
    count()
    few = count()
    for month in range(2, 13):
        make.issue(post, month=date(2025, month, 1), **facts)
    assert count() == few


def test_the_site_map_names_sent_issues_in_both_languages(client, sent, post):
    make.issue(post, month=date(2026, 6, 1))
    found = client.get("/sitemap.xml").content.decode()
    for path in ("/bulten/", "/en/bulten/", "/bulten/2026-05/", "/en/bulten/2026-05/"):
        assert f"<loc>http://testserver{path}</loc>" in found
    assert "2026-06" not in found
