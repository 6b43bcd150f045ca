"""Webhooks: who is told what, how it is signed, repeated and kept out of our own network."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import PageViewRestriction

from api import events, webhooks
from api.models import Delivery, Status, Webhook
from core import http, journal, networks
from core.models import Line
from tests.factories import faq

pytestmark = pytest.mark.django_db


class Listener(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, dict(self.headers), body))
        status = self.server.answers.get(self.path, 204)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        size = http.LARGEST_ANSWER if self.path == "/huge" else 0
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(b"x" * size)

    def log_message(self, *args):
        pass


@pytest.fixture
def listener(settings):
    settings.DEVELOPMENT = True  # the other side may run beside us
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    server.heard, server.answers = [], {}
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hook(listener):
    return lambda path="/", **fields: Webhook.objects.create(url=listener.url + path, **fields)


def work(now=None) -> None:
    """What the worker does until nothing is due."""
    while journal.sweep(now=now):
        pass


def lines(name: str) -> list[dict]:
    return [line.data for line in Line.objects.filter(name=name).order_by("pk")]


# --- What is told -------------------------------------------------------------------------


def test_the_life_of_a_page_is_told(tree):
    page = faq.question(tree.category, "Soru")
    page.save_revision().publish()
    other = faq.category(tree.index, "Ödeme")
    page.refresh_from_db()
    page.move(other, pos="last-child")
    page.refresh_from_db()
    page.unpublish()
    page.delete()

    for name in events.CONTENT:
        told = [data for data in lines(name) if data["page"] == page.pk or name == events.DELETED]
        assert told, name
        assert (told[0]["type"], told[0]["locale"]) == ("faq.QuestionPage", "tr")
        assert told[0]["url"].endswith("/soru/")
        assert set(told[0]) == {"page", "type", "locale", "url", "at"}


def test_pages_of_every_kind_are_told_and_drafts_are_not(tree):
    tree.category.save_revision().publish()
    faq.question(tree.category, "Taslak", live=False, first_published_at=None).delete()

    assert [data["type"] for data in lines(events.PUBLISHED)] == ["faq.CategoryPage"]
    assert lines(events.DELETED) == []


def test_behind_a_restriction_only_the_closing_is_told(tree):
    page = faq.question(tree.category, "Soru")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.save_revision().publish()
    page.unpublish()

    assert lines(events.PUBLISHED) == []
    assert len(lines(events.UNPUBLISHED)) == 1


# --- How it is sent -----------------------------------------------------------------------


def test_a_publication_reaches_the_hook_signed(tree, hook, listener):
    made = hook()
    page = faq.question(tree.category, "Soru")
    page.save_revision().publish()
    work()

    [(_path, headers, body)] = listener.heard
    content = json.loads(body)
    delivery = Delivery.objects.get()
    assert (content["event"], content["data"]["page"]) == (events.PUBLISHED, page.pk)
    assert content["id"] == headers["Diji-Delivery"] == str(delivery.public_id)
    assert webhooks.is_signed(made.secret, body, headers["Diji-Signature"])
    assert not webhooks.is_signed("another", body, headers["Diji-Signature"])
    assert not webhooks.is_signed(made.secret, body + b" ", headers["Diji-Signature"])
    late = timezone.now() + timezone.timedelta(minutes=6)
    assert not webhooks.is_signed(made.secret, body, headers["Diji-Signature"], now=late)
    assert (delivery.status, delivery.response_code, delivery.tries) == (Status.SENT, 204, 1)


def test_one_failing_hook_is_repeated_alone(tree, hook, listener):
    good, bad = hook("/good"), hook("/bad")
    listener.answers["/bad"] = 500
    faq.question(tree.category, "Soru").save_revision().publish()
    work()
    assert sorted(path for path, *_ in listener.heard) == ["/bad", "/good"]
    waiting = Delivery.objects.get(webhook=bad)
    assert (waiting.status, waiting.response_code, waiting.error) == (Status.RETRYING, 500, "HTTP 500")

    listener.answers["/bad"] = 200
    work(now=timezone.now() + journal.FIRST_PAUSE * 2)

    assert [path for path, *_ in listener.heard].count("/good") == 1
    assert [path for path, *_ in listener.heard].count("/bad") == 2
    assert len({headers["Diji-Delivery"] for path, headers, _ in listener.heard if path == "/bad"}) == 1
    waiting.refresh_from_db()
    assert (waiting.status, waiting.tries) == (Status.SENT, 2)
    assert Delivery.objects.get(webhook=good).tries == 1


def test_after_a_day_it_is_given_up_and_can_be_sent_again(hook, listener, admin):
    made = hook("/bad")
    listener.answers["/bad"] = 503
    delivery = webhooks.send_test(webhook=made, actor=admin)
    now = delivery.started_at
    for _ in range(30):
        webhooks.attempt(delivery.pk, now=now)
        delivery.refresh_from_db()
        if delivery.status == Status.FAILED:
            break
        now += min(journal.FIRST_PAUSE * 2 ** (delivery.tries - 1), journal.LONGEST_PAUSE)
    assert delivery.status == Status.FAILED
    assert now - delivery.started_at <= journal.GIVE_UP_AFTER
    assert delivery.tries > 10

    listener.answers["/bad"] = 200
    webhooks.send_again(delivery=delivery, actor=admin, now=now)
    webhooks.attempt(delivery.pk, now=now)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.tries, delivery.error) == (Status.SENT, 1, "")


def test_a_hook_gets_what_it_asked_for_while_it_is_active(tree, hook, listener):
    hook("/moved", events=[events.MOVED])
    hook("/off", active=False)
    faq.question(tree.category, "Soru").save_revision().publish()
    work()

    assert listener.heard == []


def test_redirects_are_not_followed_and_answers_are_capped(hook, listener, admin):
    listener.answers |= {"/moved": 302, "/huge": 200}
    for path in ("/moved", "/huge"):
        webhooks.send_test(webhook=hook(path), actor=admin)
    work()

    assert [path for path, *_ in listener.heard] == ["/moved", "/huge"]
    assert {row.webhook.url.rsplit("/")[-1]: row.error for row in Delivery.objects.all()} == {
        "moved": "HTTP 302",
        "huge": "answer is too large",
    }


# --- Where we do not go -------------------------------------------------------------------

INSIDE = [
    "https://127.0.0.1/",
    "https://localhost/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://0x7f.1/",
    "https://127.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[fd00::1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.5/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://user:pass@93.184.216.34/",
    "http://93.184.216.34/",
]


@pytest.mark.parametrize("url", INSIDE)
def test_our_own_network_is_out_of_reach(url):
    with pytest.raises(http.AddressRefused):
        http.call_public("POST", url)
    with pytest.raises(ValidationError):
        Webhook(url=url).full_clean()


@pytest.mark.parametrize(
    "url", ["ftp://93.184.216.34/", "file:///etc/passwd", "gopher://x/", "https://", "https:///x"]
)
def test_only_https_is_spoken(url):
    with pytest.raises((http.AddressRefused, ValueError)):
        http.call_public("POST", url)


def test_a_public_address_passes_the_guard():
    """Negative control: it is the address that is refused, not everything."""
    http.check_public("https://93.184.216.34/hook")
    assert networks.is_public("2606:4700::1111")


def test_a_name_that_changes_its_mind_gets_nothing(listener, settings, monkeypatch):
    """Rebinding: public when we look, inside when we connect."""
    settings.DEVELOPMENT = False
    asked, real = [], socket.getaddrinfo

    def fickle(host, port, *args, **kwargs):
        if host != "fickle.test":
            return real(host, port, *args, **kwargs)
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", fickle)
    with pytest.raises(http.AddressRefused):
        http.call_public("POST", f"https://fickle.test:{listener.server_port}/")

    assert len(asked) == 2
    assert listener.heard == []


def test_a_refusal_is_kept_without_details_of_the_network(admin):
    made = Webhook.objects.create(url="https://10.0.0.5/")
    webhooks.send_test(webhook=made, actor=admin)
    work()

    row = Delivery.objects.get()
    assert (row.status, row.response_code, row.error) == (Status.RETRYING, None, "not a public https address")


# --- Back office --------------------------------------------------------------------------


def test_staff_add_a_hook_test_it_and_send_again(client, admin, hook, listener):
    client.force_login(admin)
    added = client.post(
        "/yonetim/snippets/api/webhook/add/",
        {"url": f"{listener.url}/new", "events": [events.MOVED], "secret": "gizli söz", "active": "on"},
    )
    assert added.status_code == 302, added.context["form"].errors
    made = Webhook.objects.get()
    listed = client.get("/yonetim/snippets/api/webhook/").content.decode()
    assert f"/yonetim/webhooks/{made.pk}/test/" in listed

    assert client.post(f"/yonetim/webhooks/{made.pk}/test/").status_code == 302
    work()
    delivery = Delivery.objects.get()
    assert delivery.status == Status.SENT
    assert client.post(f"/yonetim/reports/webhooks/{delivery.pk}/again/").status_code == 302
    work()

    assert len(listener.heard) == 2
    page = client.get("/yonetim/reports/webhooks/").content.decode()
    assert f"{listener.url}/new" in page
    assert "204" in page


def test_a_hook_into_our_network_is_refused_in_the_form(client, admin):
    client.force_login(admin)
    typed = {"url": "https://10.0.0.5/", "events": [events.MOVED], "secret": "x", "active": "on"}

    refused = client.post("/yonetim/snippets/api/webhook/add/", typed)

    assert refused.status_code == 200
    assert "url" in refused.context["form"].errors
    assert not Webhook.objects.exists()


def test_others_do_neither(client, ayse, admin, hook, listener):
    made = hook()
    delivery = webhooks.send_test(webhook=made, actor=admin)
    client.force_login(ayse)

    for method, address in (
        (client.get, "/yonetim/reports/webhooks/"),
        (client.post, f"/yonetim/webhooks/{made.pk}/test/"),
        (client.post, f"/yonetim/reports/webhooks/{delivery.pk}/again/"),
        (client.get, f"/yonetim/snippets/api/webhook/edit/{made.pk}/"),
    ):
        assert method(address).status_code in (302, 403)
    assert Delivery.objects.count() == 1


def test_the_lists_cost_the_same_for_one_row_and_twenty(client, admin, hook):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(admin)
    made, counts = hook(), []
    for rows in (1, 19):
        for _ in range(rows):
            webhooks.send_test(webhook=made, actor=admin)
        client.get("/yonetim/reports/webhooks/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/yonetim/reports/webhooks/")
        counts.append(len(captured))

    assert counts[0] == counts[1]
