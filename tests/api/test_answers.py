"""Addresses with one answer: the help centre in one call, menus, settings, redirects."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from api import help_centre
from home.models import ContactDetails
from tests.factories import faq

pytestmark = pytest.mark.django_db

API = "/api/content/v2/"
HELP, MENUS, SETTINGS, REDIRECTS = (f"{API}{name}/" for name in ("faq", "menus", "settings", "redirects"))


def links(groups) -> set[str]:
    return {link["url"] for group in groups for link in group["links"]}


# --- Help centre --------------------------------------------------------------------------


def test_the_help_centre_comes_by_category_with_short_and_long_answers(tree, client):
    faq.question(tree.category, "Soru", summary="Kısa.", audiences=["clinic"], body=faq.rich("Uzun."))
    other = faq.category(tree.index, "Ödeme")
    faq.question(other, "Fatura")

    answer = client.get(HELP).json()

    assert answer["meta"] == {"locale": "tr", "audience": None, "total_count": 2, "next_offset": None}
    assert [shelf["title"] for shelf in answer["categories"]] == ["Genel bilgiler", "Ödeme"]
    [row] = answer["categories"][0]["questions"]
    assert (row["title"], row["summary"], row["audiences"]) == ("Soru", "Kısa.", ["clinic"])
    assert "<p>Uzun.</p>" in row["html"]
    assert row["body"][0]["value"] == "<p>Uzun.</p>"
    assert set(row) == {*help_centre.ALWAYS, *help_centre.OPTIONAL}


def test_bodies_can_be_left_out(tree, client):
    faq.question(tree.category, "Soru", summary="Kısa.", body=faq.rich("Uzun."))

    [row] = client.get(HELP, {"fields": "title,summary"}).json()["categories"][0]["questions"]

    assert set(row) == {*help_centre.ALWAYS, "summary"}


def test_audience_category_and_language_narrow_it(tree, english, client):
    for title, audiences in (("herkes", []), ("klinik", ["clinic"]), ("ebeveyn", ["owner"])):
        faq.question(tree.category, title, audiences=audiences)
    faq.question(english.category, "everyone")

    def told(**query):
        return [
            row["title"]
            for shelf in client.get(HELP, query).json()["categories"]
            for row in shelf["questions"]
        ]

    assert told(audience="clinic") == ["herkes", "klinik"]
    assert told(locale="en") == ["everyone"]
    assert told(category="yok") == []


def test_it_is_cut_before_it_grows_beyond_a_megabyte_and_can_be_followed(tree, client):
    faq.make_questions(tree.category, 12, body=faq.rich("ş" * 50_000))
    seen, offset, calls = [], 0, 0
    while offset is not None:
        answer = client.get(HELP, {"offset": offset})
        assert len(answer.content) <= 1_000_000
        seen += [row["id"] for shelf in answer.json()["categories"] for row in shelf["questions"]]
        offset, calls = answer.json()["meta"]["next_offset"], calls + 1

    assert len(seen) == len(set(seen)) == 12
    assert calls > 1


def test_questions_of_a_category_that_is_a_draft_wait_for_it(tree, client):
    draft = faq.category(tree.index, "Gizli başlık")
    faq.question(draft, "Soru")
    draft.live = False
    draft.save()

    for path in (HELP, f"{API}pages/?type=faq.QuestionPage&fields=*"):
        assert "Gizli başlık" not in client.get(path).content.decode()


# --- Menus and settings -------------------------------------------------------------------


def test_menus_hold_the_links_of_our_own_pages(tree, client):
    """What front ends show and what our own templates show are written twice: they must agree."""
    menus = client.get(MENUS).json()

    page = client.get("/").content.decode()

    for url in links(menus["footer"]) | {link["url"] for link in menus["main"]}:
        assert f'href="{url}"' in page, url
    assert menus["main"][1] == {"title": "Yardım", "url": tree.index.url, "page": tree.index.pk}


def test_editors_put_pages_into_the_menu(tree, english, client):
    tree.category.show_in_menus = True
    tree.category.save()

    assert "Genel bilgiler" in [link["title"] for link in client.get(MENUS).json()["main"]]
    PageViewRestriction.objects.create(page=tree.index, restriction_type="login")
    assert [link["title"] for link in client.get(MENUS).json()["main"]] == ["Mağaza"]
    assert [link["title"] for link in client.get(MENUS, {"locale": "en"}).json()["main"]] == ["Store", "Help"]


def test_settings_say_who_we_are_and_how_we_are_reached(tree, english, client):
    site = Site.objects.get(is_default_site=True)
    ContactDetails.objects.create(
        site=site, legal_name="Diji Ltd.", email="merhaba@ornek.test", phone="+90 212 000 00 00"
    )

    answer = client.get(SETTINGS, {"locale": "en"}).json()

    assert answer["contact"]["email"] == "merhaba@ornek.test"
    assert [(one["code"], one["current"]) for one in answer["languages"]] == [("tr", False), ("en", True)]
    assert urlsplit(answer["languages"][1]["url"]).path == urlsplit(english.home.url).path
    assert answer["tagline"].startswith("Your pet")
    page = client.get("/").content.decode()
    assert "Diji Ltd." in page
    assert 'href="tel:+902120000000"' in page


def test_staff_edit_the_contact_details(tree, admin, client):
    client.force_login(admin)
    site = Site.objects.get(is_default_site=True)
    address = f"/yonetim/settings/home/contactdetails/{site.pk}/"
    fields = {"legal_name": "Diji", "email": "a@b.test", "phone": "ara beni", "address": ""}

    assert "phone" in client.post(address, fields).context["form"].errors
    assert client.post(address, {**fields, "phone": "0212"}).status_code == 302
    assert ContactDetails.objects.get(site=site).phone == "0212"


# --- Redirects ----------------------------------------------------------------------------


def test_an_old_address_leads_to_its_page(tree, client):
    page = faq.question(tree.category, "Soru")
    Redirect.add_redirect("/eski/soru/", page)

    assert client.get(REDIRECTS, {"path": "/eski/soru/?utm=1"}).json() == {
        "path": "/eski/soru/?utm=1",
        "target": page.url,
        "permanent": True,
        "page": page.pk,
    }


def test_an_old_address_may_lead_elsewhere(tree, client):
    Redirect.add_redirect("/blog", "https://blog.ornek.test/", is_permanent=False)

    answer = client.get(REDIRECTS, {"path": "/blog/"}).json()

    assert (answer["target"], answer["permanent"], answer["page"]) == (
        "https://blog.ornek.test/",
        False,
        None,
    )


def test_an_unknown_address_and_one_of_a_draft_are_not_there(tree, client):
    draft = faq.question(tree.category, "Taslak", live=False)
    Redirect.add_redirect("/gizli", draft)

    assert client.get(REDIRECTS, {"path": "/yok/"}).status_code == 404
    assert client.get(REDIRECTS, {"path": "/gizli/"}).status_code == 404


# --- How they refuse, are cached and cost -------------------------------------------------


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (f"{HELP}?locale=de", "locale"),
        (f"{HELP}?limit=abc", "limit"),
        (f"{HELP}?limit=101", "limit"),
        (f"{HELP}?limit=-1", "limit"),
        (f"{HELP}?limit=١", "limit"),
        (f"{HELP}?offset=99999999999999999999", "offset"),
        (f"{HELP}?audience=cats", "audience"),
        (f"{HELP}?fields=password", "fields"),
        (f"{HELP}?colour=red", "colour"),
        (f"{MENUS}?locale=", "locale"),
        (f"{SETTINGS}?x=1", "x"),
        (REDIRECTS, None),
        (f"{REDIRECTS}?path=//evil.test/", "path"),
        (f"{REDIRECTS}?path=" + "/a" * 5000, "path"),
    ],
)
def test_wrong_parameters_are_named_in_the_readers_language(tree, client, path, field):
    turkish = client.get(path, headers={"Accept-Language": "tr"})
    english = client.get(path, headers={"Accept-Language": "en"})

    assert (turkish.status_code, english.status_code) == (400, 400)
    assert set(english.json()) == {"code", "message", "fields"}
    assert english.json()["message"] == "A parameter is unknown or cannot be read."
    assert turkish.json()["message"] != english.json()["message"]
    assert list(english.json()["fields"]) == ([field] if field else [])
    assert "Accept-Language" in english["Vary"]


@pytest.mark.parametrize("path", ["/api/", "/api/content/v2/yok/", "/api/content/v3/", f"{API}pages/0/"])
def test_unknown_routes_are_json_in_the_readers_language(tree, client, path):
    answer = client.get(path, headers={"Accept-Language": "en"})

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json()["message"] == "There is nothing at this address."


@pytest.mark.parametrize("path", [HELP, MENUS, SETTINGS, f"{API}images/", f"{API}documents/"])
def test_each_answer_can_be_kept_and_is_the_same_for_all(tree, client, ayse, path):
    first = client.get(path, headers={"Accept-Language": "en"})
    client.force_login(ayse)

    assert client.get(path).content == first.content
    assert "Vary" not in first
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405
    assert client.options(path).status_code == 204


@pytest.mark.parametrize("path", [HELP, MENUS, SETTINGS])
def test_they_cost_the_same_for_one_question_and_twenty(tree, client, path):
    faq.make_questions(tree.category, 1)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    faq.make_questions(tree.category, 19)

    with CaptureQueriesContext(connection) as many:
        client.get(path)

    assert len(few) == len(many) <= 9


# --- Who may read from a browser ----------------------------------------------------------


@pytest.fixture
def one_origin(settings):
    settings.CORS_ALLOW_ALL_ORIGINS = False
    settings.CORS_ALLOWED_ORIGINS = ["https://on.ornek.test"]


def test_only_the_named_web_pages_may_read(tree, client, one_origin):
    ours = client.get(MENUS, headers={"Origin": "https://on.ornek.test"})
    other = client.get(MENUS, headers={"Origin": "https://baska.test"})

    assert ours["Access-Control-Allow-Origin"] == "https://on.ornek.test"
    assert "Access-Control-Allow-Credentials" not in ours
    assert "Access-Control-Allow-Origin" not in other
    assert ours["Vary"] == other["Vary"] == "Origin"


def test_a_preflight_is_answered_for_the_content_only(tree, client, one_origin):
    headers = {"Origin": "https://on.ornek.test", "Access-Control-Request-Method": "GET"}

    asked = client.options(MENUS, headers=headers)

    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (200, "GET, HEAD, OPTIONS")
    assert "if-none-match" in asked["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in client.get("/panel/", headers=headers)


def test_a_live_block_says_the_same_in_data_and_html(tree, client):
    body = json.dumps([{"type": "live", "value": "faq.contents"}])
    page = faq.question(tree.category, "Canlı", body=body)

    value = client.get(f"{API}pages/{page.pk}/").json()["body"][0]["value"]

    assert set(value) == {"code", "title", "data", "html"}
    assert value["data"]["categories"][0]["title"] in value["html"]
    assert value["html"].startswith("<table")
