"""An official post is told once, cannot vanish, and is retracted in the open."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation, TranslationSource

from blog import events, live, queries, services, tasks
from blog.errors import AlreadyRetracted, NotAnnounced
from blog.models import Announcement, PostPage
from core.models import Line
from tests.core.rivals import at_once
from tests.factories import blog as make

pytestmark = pytest.mark.django_db


def lines(name: str) -> list[Line]:
    return list(Line.objects.filter(name=name).order_by("pk"))


def retract(post: PostPage, by=None, **notes: str) -> None:
    services.retract(post=post, notes=notes or {"tr": "Tarih yanlıştı."}, by=by, now=timezone.now())


def fresh(post: PostPage) -> PostPage:
    return PostPage.objects.get(pk=post.pk)


# --- Telling ------------------------------------------------------------------------------


def test_the_first_publication_is_told_with_all_that_receivers_need(blog, admin):
    page = make.publish(make.draft(blog, "Yeni saatler", official=True, summary="Kısaca."), by=admin)

    (line,) = lines(events.ANNOUNCED)
    assert (line.subject, line.actor) == (page, admin)
    assert line.data == {
        "title": "Yeni saatler",
        "summary": "Kısaca.",
        "url": page.full_url,
        "locale": "tr",
        "translation_key": str(page.translation_key),
        "at": page.announcement.at.isoformat(),
    }


def test_publishing_anew_repeats_nothing(blog):
    page = make.announced(blog)
    page.title = "Yeni başlık"
    make.publish(page)

    assert len(lines(events.ANNOUNCED)) == Announcement.objects.count() == 1


def test_an_ordinary_post_is_told_to_nobody(blog):
    make.publish(make.draft(blog, "Yazı"))

    assert not lines(events.ANNOUNCED)


def test_a_draft_or_a_scheduled_post_is_not_told(blog):
    make.draft(blog, "Taslak", official=True)

    assert not Announcement.objects.exists()


def test_an_ordinary_post_that_becomes_official_is_told_then(blog):
    page = make.publish(make.draft(blog, "Yazı"))
    page.official = True
    make.publish(page)

    assert len(lines(events.ANNOUNCED)) == 1


def test_an_old_revision_does_not_make_it_ordinary_again(blog):
    page = make.publish(make.draft(blog, "Yazı"))
    old = page.latest_revision
    page.official = True
    make.publish(page)

    old.publish()

    assert fresh(page).official
    assert len(lines(events.ANNOUNCED)) == 1


def test_a_copy_is_an_ordinary_post(blog):
    page = make.announced(blog)

    copy = page.copy(update_attrs={"slug": "kopya", "title": "Kopya"})

    assert not fresh(copy).official
    assert Announcement.objects.count() == 1


def test_a_translation_is_told_in_its_own_language(blog, english, django_capture_on_commit_callbacks):
    page = make.announced(blog)
    source, _ = TranslationSource.update_or_create_from_instance(page)
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.create(source=source, target_locale=english.locale).save_target(publish=True)

    twin = page.get_translation(english.locale)
    assert twin.specific.official
    assert [line.data["locale"] for line in lines(events.ANNOUNCED)] == ["tr", "en"]
    assert {line.data["translation_key"] for line in lines(events.ANNOUNCED)} == {str(page.translation_key)}


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_at_once_tell_once(blog):
    page = make.draft(blog, "Duyuru", official=True)

    at_once(lambda number: services.announce(post=page, now=timezone.now()), 6)

    assert len(lines(events.ANNOUNCED)) == Announcement.objects.count() == 1


# --- Retracting ---------------------------------------------------------------------------


def test_a_retraction_is_told_once_for_each_language(blog, english, admin):
    page = make.announced(blog)
    twin = make.announced(english, "Notice", translation_key=page.translation_key)

    retract(page, by=admin, tr="Tarih yanlıştı.", en="The date was wrong.")

    turkish, english_line = lines(events.RETRACTED)
    assert set(turkish.data) == {"translation_key", "locale", "title", "url", "note", "at"}
    assert (turkish.data["note"], english_line.data["note"]) == ("Tarih yanlıştı.", "The date was wrong.")
    assert fresh(page).retracted
    assert fresh(twin).retraction.note == "The date was wrong."
    assert fresh(page).retraction.retracted_by == admin


def test_a_second_retraction_is_refused(blog):
    page = make.announced(blog)
    retract(page)

    with pytest.raises(AlreadyRetracted):
        retract(page)
    assert len(lines(events.RETRACTED)) == 1


def test_only_what_was_told_can_be_retracted(blog):
    with pytest.raises(NotAnnounced):
        retract(make.post(blog, "Yazı"))


def test_publishing_after_a_retraction_does_not_undo_it(blog):
    page = make.announced(blog)
    before = page.latest_revision
    retract(page)

    before.publish()

    assert fresh(page).retracted


def test_a_translation_that_comes_after_the_retraction_is_born_retracted(blog, english):
    page = make.announced(blog)
    retract(page)

    twin = make.announced(english, "Late", translation_key=page.translation_key)

    assert twin.retracted
    assert len(lines(events.ANNOUNCED)) == 1


def test_every_place_marks_what_was_retracted(blog, client):
    page = make.announced(blog, "Yeni saatler", tags=("Platform",))
    retract(page)

    top = client.get(page.url).content.decode()
    assert "geri çekildi; artık geçerli değil" in top
    assert "Tarih yanlıştı." in top
    for path in ("/blog/", "/blog/etiket/platform/", "/duyurular/"):
        body = client.get(path).content.decode()
        assert "Geri çekildi" in body, path
        assert "Tarih yanlıştı." in body
    for path in ("/blog/atom.xml", "/blog/resmi/atom.xml"):
        assert "Geri çekildi: Yeni saatler" in client.get(path).content.decode()
    item = client.get(f"/api/content/v2/pages/{page.pk}/").json()
    assert (item["retracted"], item["retraction"]["note"]) == (True, "Tarih yanlıştı.")
    assert live.announcements()["announcements"][0]["retracted"]


# --- What the database refuses ------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("DELETE FROM blog_announcement", "retracted, not deleted"),
        ("UPDATE blog_announcement SET retracted_at = NULL, note = ''", "retraction is final"),
        ("UPDATE blog_announcement SET note = 'Başka'", "retraction is final"),
        ("UPDATE blog_announcement SET at = now()", "does not change"),
        ("UPDATE wagtailcore_page SET live = false WHERE live", "not unpublished"),
    ],
)
def test_the_database_keeps_what_was_announced(blog, change, sentence):
    retract(make.announced(blog))

    with pytest.raises(IntegrityError, match=sentence), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("table", ["blog_announcement", "blog_postpage CASCADE", "wagtailcore_page CASCADE"])
def test_announcements_are_not_emptied(blog, table):
    make.announced(blog)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="not emptied"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table}")
    assert Announcement.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"hours": 1}, "retraction_has_a_reason"),
        ({"note": "Neden"}, "retraction_has_a_reason"),
        ({"hours": -1, "note": "Neden"}, "retraction_comes_after_the_announcement"),
    ],
)
def test_a_retraction_and_its_reason_come_together(blog, fields, sentence):
    hours = fields.pop("hours", None)
    moment = hours and timezone.now() + timedelta(hours=hours)

    with pytest.raises(IntegrityError, match=sentence):
        make.bare_announcement(make.post(blog, "Yazı"), retracted_at=moment, **fields)


def test_a_person_who_leaves_leaves_the_retraction_behind(blog, bora):
    page = make.announced(blog)
    retract(page, by=bora)

    bora.delete()

    assert fresh(page).retraction.retracted_by is None


def test_an_announcement_is_not_deleted_from_code_either(blog):
    page = make.announced(blog)

    with pytest.raises(ProtectedError):
        page.delete()
    with pytest.raises(IntegrityError, match="not unpublished"), transaction.atomic():
        fresh(page).unpublish()
    assert fresh(page).live


# --- The back office ----------------------------------------------------------------------


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


def test_staff_retract_with_a_reason(blog, desk):
    page = make.announced(blog)
    address = reverse("blog_retract", args=[page.pk])
    assert address in desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "geri alınamaz" in desk.get(address).content.decode()

    empty = desk.post(address, {"tr": "  "})
    assert empty.status_code == 200
    assert empty.context["form"].errors.keys() == {"tr"}
    done = desk.post(address, {"tr": "Tarih yanlıştı."})

    assert done.status_code == 302
    assert fresh(page).retracted
    again = desk.post(address, {"tr": "Bir daha."}, follow=True)
    assert "zaten geri çekildi" in again.content.decode()
    assert len(lines(events.RETRACTED)) == 1


def test_each_language_that_was_told_asks_for_its_reason(blog, english, desk):
    page = make.announced(blog)
    make.announced(english, "Notice", translation_key=page.translation_key)

    answer = desk.post(reverse("blog_retract", args=[page.pk]), {"tr": "Neden."})

    assert answer.context["form"].errors.keys() == {"en"}
    assert answer.context["form"]["tr"].value() == "Neden."
    assert not fresh(page).retracted


@pytest.mark.parametrize("action", ["unpublish", "delete"])
@pytest.mark.parametrize("above", [False, True])
def test_an_announcement_cannot_be_hidden_or_deleted_in_the_back_office(blog, desk, action, above):
    page = make.announced(blog)
    target = blog if above else page

    answer = desk.post(
        reverse(f"wagtailadmin_pages:{action}", args=[target.pk]), {"include_descendants": "on"}, follow=True
    )

    assert answer.redirect_chain[0][0] == reverse("blog_retract", args=[page.pk])
    assert "gizlenmez ve silinmez" in answer.content.decode()
    assert fresh(page).live


def test_two_languages_of_one_announcement_lead_to_its_retraction_too(blog, english, desk):
    page = make.announced(blog)
    make.announced(english, "Notice", translation_key=page.translation_key)

    answer = desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert answer["Location"] == reverse("blog_retract", args=[page.pk])


def test_deleting_a_translation_does_not_take_the_announcement_along(blog, english, desk):
    page = make.announced(blog)
    twin = make.post(english, "Twin", translation_key=page.translation_key)

    desk.post(reverse("wagtailadmin_pages:delete", args=[twin.pk]))

    assert PostPage.objects.filter(pk__in=[page.pk, twin.pk], live=True).count() == 2


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_nor_many_at_once(blog, desk, action):
    page, other = make.announced(blog), make.post(blog, "Yazı")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    answer = desk.post(f"{address}?id={page.pk}&id={other.pk}", follow=True)

    assert "gizlenmez ve silinmez" in answer.content.decode()
    assert fresh(page).live
    assert fresh(other).live


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_an_ordinary_post_goes_as_ever(blog, desk, action):
    page = make.post(blog, "Yazı")

    desk.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))

    assert not PostPage.objects.filter(pk=page.pk, live=True).exists()


def test_who_may_not_publish_may_not_retract(blog, client, cem, deniz):
    page = make.announced(blog)
    writers = Group.objects.create(name="Yazanlar")
    GroupPagePermission.objects.create(group=writers, page=blog, permission_type="change")
    writers.permissions.add(_access())
    cem.groups.add(writers)
    for person in (cem, deniz):
        client.force_login(person)
        assert client.post(reverse("blog_retract", args=[page.pk]), {"tr": "Neden."}).status_code in (
            302,
            403,
        )
    assert not fresh(page).retracted


def _access():
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename="access_admin")


def test_nothing_to_retract_is_not_found(blog, desk):
    assert desk.get(reverse("blog_retract", args=[make.post(blog, "Yazı").pk])).status_code == 404


def form(**fields) -> dict:
    values = {
        "title": "Duyuru",
        "slug": "duyuru",
        "summary": "Kısaca.",
        "body": streamfield([("text", rich_text("<p>Uzun</p>"))]),
        "cover_alt": "",
        "tags": '"Platform"',
        "related_links": inline_formset([]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "action-publish": "1",
        **fields,
    }
    return {**nested_form_data(values), "audiences": ["clinic"], "channels": ["panel"]}


def test_an_editor_publishes_an_announcement(blog, desk):
    address = reverse("wagtailadmin_pages:add", args=["blog", "postpage", blog.pk])

    answer = desk.post(address, form(official="on"))

    assert answer.status_code == 302, answer.context["form"].errors
    page = PostPage.objects.get()
    assert (page.audiences, page.channels, page.is_announced) == (["clinic"], ["panel"], True)
    assert [tag.slug for tag in page.shown_tags] == ["platform"]


def test_an_editor_hears_why_the_mark_stays(blog, desk):
    page = make.announced(blog)

    answer = desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form())

    assert "official" in answer.context["form"].errors
    assert fresh(page).official


def test_an_announcement_has_no_expiry(blog, desk):
    address = reverse("wagtailadmin_pages:add", args=["blog", "postpage", blog.pk])

    answer = desk.post(address, form(official="on", expire_at="2099-01-01 10:00"))

    assert "expire_at" in answer.context["form"].errors
    assert not PostPage.objects.exists()


# --- Lists --------------------------------------------------------------------------------


def test_the_live_block_shows_the_latest_five(blog):
    for number in range(6):
        make.announced(blog, f"Duyuru {number}")

    rows = live.announcements()["announcements"]

    assert [row["title"] for row in rows] == [f"Duyuru {number}" for number in (5, 4, 3, 2, 1)]


def test_the_home_page_names_the_newest_that_holds(blog, client, time_machine_days):
    assert 'class="announce"' not in client.get("/").content.decode()
    page = make.announced(blog, "Yeni saatler")
    assert "Yeni saatler" in client.get("/").content.decode()

    with time_machine_days(31):
        assert 'class="announce"' not in client.get("/").content.decode()
    retract(page)
    assert 'class="announce"' not in client.get("/").content.decode()
    assert queries.news("tr", timezone.now()) is None


# --- For everyone -------------------------------------------------------------------------


def restrict(desk, page):
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    return desk.post(address, {"restriction_type": "password", "password": "gizli"})


@pytest.mark.parametrize("above", [0, 1, 2])
def test_no_restriction_is_laid_over_an_announcement(blog, desk, above):
    page = make.announced(blog)
    target = Page.objects.get(pk=[page.pk, blog.pk, blog.get_parent().pk][above])

    for answer in (
        desk.get(reverse("wagtailadmin_pages:set_privacy", args=[target.pk])),
        restrict(desk, target),
    ):
        assert "Onun yerine duyuruyu geri çek" in json.loads(answer.content)["html"]
    assert not PageViewRestriction.objects.exists()
    with pytest.raises(IntegrityError, match="retracted, not hidden"), transaction.atomic():
        PageViewRestriction.objects.create(page=target, restriction_type="login")


def test_an_ordinary_post_can_be_restricted(blog, desk):
    make.announced(blog)
    page = make.post(blog, "Yazı")

    restrict(desk, page)

    assert PageViewRestriction.objects.get().page_id == page.pk


@pytest.fixture
def closed(blog):
    """Another blog, for members only."""
    other = make.index(blog.get_parent().specific, title="Üyelere", slug="uyelere")
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    return other


def test_an_announcement_is_not_moved_behind_a_restriction(blog, closed, desk):
    page = make.announced(blog)

    answers = (
        desk.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, closed.pk]), follow=True),
        desk.post(
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={page.pk}",
            {"chooser": closed.pk},
            follow=True,
        ),
    )

    assert ["Yeni yer herkese açık değil" in answer.content.decode() for answer in answers] == [True, True]
    assert fresh(page).get_parent().pk == blog.pk
    with pytest.raises(IntegrityError, match="retracted, not hidden"), transaction.atomic():
        fresh(page).move(closed, pos="last-child")


def test_other_posts_and_other_places_are_as_free_as_ever(blog, closed):
    page, post = make.announced(blog), make.post(blog, "Yazı")
    open_one = make.index(blog.get_parent().specific, title="Herkese", slug="herkese")

    fresh(page).move(open_one, pos="last-child")
    fresh(post).move(closed, pos="last-child")

    assert (fresh(page).get_parent().pk, fresh(post).get_parent().pk) == (open_one.pk, closed.pk)


# --- What a crash has left ----------------------------------------------------------------


def crashed(blog, **fields):
    """Published, and the process died before the signal."""
    return make.post(blog, "Yarım kalan", official=True, days=0.1, **fields)


def test_an_official_post_left_untold_is_told_once(blog):
    page = crashed(blog)

    assert services.announce_untold(now=timezone.now()) == 1
    assert services.announce_untold(now=timezone.now()) == 0
    assert fresh(page).is_announced
    assert Line.objects.filter(name=events.ANNOUNCED).count() == 1


def test_only_what_everybody_can_read_and_was_published_a_while_ago_is_told(blog):
    make.post(blog, "Az önce", official=True)
    make.post(blog, "Sıradan", days=1)
    make.draft(blog, "Taslak", official=True)
    hidden = crashed(blog)
    wall = PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert services.announce_untold(now=timezone.now()) == 0

    wall.delete()
    assert services.announce_untold(now=timezone.now()) == 1
    assert fresh(hidden).is_announced


def test_a_restricted_post_is_not_told_when_it_is_published(blog):
    page = make.draft(blog, "Duyuru", official=True)
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert not make.publish(page).is_announced


def test_the_worker_looks_every_minute(blog, settings):
    entry = settings.CELERY_BEAT_SCHEDULE["announce untold posts"]
    assert entry["schedule"] == 60
    page = crashed(blog)
    assert entry["task"] == tasks.announce_untold.name
    tasks.announce_untold()
    assert fresh(page).is_announced


def test_looking_costs_the_same_however_many_were_told(blog):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            services.announce_untold(now=timezone.now())
        return len(seen)

    make.bare_announcement(crashed(blog))
    one = cost()
    for number in range(19):
        make.bare_announcement(make.post(blog, f"Duyuru {number}", official=True, days=1))
    assert cost() == one == 2
