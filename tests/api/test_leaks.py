"""What not everyone may see is nowhere: not in the API, not in search, sitemap or previews of others."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core import preview
from home.models import FeaturedQuestion
from tests.factories import faq, media

pytestmark = pytest.mark.django_db

API = "/api/content/v2/"
SECRET = "zürafalar"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.HEADLESS_PREVIEW_URL = "https://on.ornek.test/"


def closed(page, kind: str) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="susam")
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name="Ekip"))


def hide(tree, page, how: str) -> None:
    if how == "draft":
        page.live, page.first_published_at = False, None
        page.save()
    elif how == "scheduled":
        page.live, page.go_live_at = False, timezone.now() + timezone.timedelta(days=1)
        page.save()
    elif how == "unpublished":
        page.unpublish()
    elif how == "below a restriction":
        closed(page.get_parent(), "password")
    else:
        closed(page, how)


WAYS = ["draft", "scheduled", "unpublished", "password", "login", "groups", "below a restriction"]


@pytest.mark.parametrize("how", WAYS)
def test_a_hidden_page_is_nowhere(tree, client, admin, how):
    shelf = faq.category(tree.index, f"{SECRET} rafı")
    picture = media.image(title=f"{SECRET} resmi")
    page = faq.question(
        shelf if how == "below a restriction" else tree.category,
        f"{SECRET} nerede",
        summary=f"{SECRET} burada",
        body=media.body(media.picture(picture, alt=f"{SECRET} uyuyor")),
        synonyms=SECRET,
    )
    other = faq.question(
        tree.category, "Açık soru", body=faq.rich(f'<a linktype="page" id="{page.pk}">şuraya</a> bak')
    )
    faq.relate(other, page)
    FeaturedQuestion.objects.create(page=tree.home, question=page)
    if how != "below a restriction":
        shelf.delete()
    hide(tree, page, how)
    token = preview.token(other, admin)

    told = {
        path: client.get(path).content.decode()
        for path in [
            f"{API}pages/?fields=*",
            f"{API}pages/?type=faq.QuestionPage&fields=*",
            f"{API}pages/?type=faq.CategoryPage&fields=*",
            f"{API}pages/{page.pk}/",
            f"{API}pages/{other.pk}/",
            f"{API}pages/{tree.home.pk}/?fields=*",
            f"{API}pages/find/?html_path={page.url}",
            f"{API}pages/?child_of={tree.category.pk}",
            f"{API}pages/?type=faq.QuestionPage&search={SECRET}",
            f"{API}pages/?search={SECRET}",
            f"{API}images/?fields=*",
            f"{API}images/{picture.pk}/",
            f"{API}documents/",
            f"{API}faq/",
            f"{API}faq/?category={page.slug}",
            f"{API}menus/",
            f"{API}settings/",
            f"{API}page_preview/?token={token}",
            "/",
            tree.index.url,
            other.url,
            f"/yardim/ara/?q={SECRET}",
            "/yardim/ara/?q=zurafalr",
            "/sitemap.xml",
        ]
    }

    names = (SECRET + " ", page.slug, picture.file.name.rsplit("/", 1)[-1])
    leaks = [
        (path, name) for path, said in told.items() for name in names if name in _without_the_question(said)
    ]
    assert leaks == []


def _without_the_question(said: str) -> str:
    """The search page repeats what was typed."""
    return said.replace(f"{SECRET} için", "").replace(f"“{SECRET}”", "")


def test_the_password_of_one_visitor_opens_nothing_for_a_cache(tree, client):
    """Wagtail remembers it in the session; the API must not, since its answers are kept for everyone."""
    page = faq.question(tree.category, SECRET)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="susam")
    session = client.session
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()

    assert client.get(page.url).status_code == 200
    assert client.get(f"{API}pages/{page.pk}/").status_code == 404
    assert SECRET not in client.get(f"{API}pages/?type=faq.QuestionPage").content.decode()


def test_a_draft_of_a_published_page_stays_inside(tree, client):
    page = faq.question(tree.category, "Eski başlık", body=faq.rich("eski"))
    page.title, page.body = SECRET, faq.rich(SECRET)
    page.save_revision()

    for path in (f"{API}pages/{page.pk}/", f"{API}pages/?fields=*&type=faq.QuestionPage", f"{API}faq/"):
        said = client.get(path).content.decode()
        assert SECRET not in said
        assert "Eski başlık" in said


def test_the_guard_is_what_hides(tree, client, monkeypatch):
    """Negative control: without it the restricted page is told."""
    page = faq.question(tree.category, SECRET)
    closed(page, "login")
    monkeypatch.setattr("core.visible.to_everyone", lambda pages: pages.filter(live=True))

    assert SECRET in client.get(f"{API}pages/{page.pk}/").content.decode()


def test_published_then_asked_then_withdrawn(tree, client):
    """What a front end sees while an editor works: the new text at the next request, then nothing."""
    page = faq.question(tree.category, "Soru", summary="Eski yanıt.")
    address = f"{API}pages/{page.pk}/"
    first = client.get(address)

    page.summary = "Yeni yanıt."
    page.save_revision().publish()
    second = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (second.status_code, second.json()["summary"]) == (200, "Yeni yanıt.")
    assert second["ETag"] != first["ETag"]

    page.unpublish()
    assert client.get(address).status_code == 404
    assert client.get(f"{API}faq/").json()["meta"]["total_count"] == 0
