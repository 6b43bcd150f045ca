"""What goes wrong between people and clocks ends in a clear state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import Translation, TranslationSource

from core import journal
from editorial import receivers
from tests.factories import editorial as make
from tests.factories import faq

from .test_flow import act

pytestmark = pytest.mark.django_db


def moment(**delta) -> str:
    return timezone.localtime(timezone.now() + timedelta(**delta)).strftime("%Y-%m-%d %H:%M")


# --- Two editors --------------------------------------------------------------------------


def marks(page) -> dict[str, str]:
    """What Wagtail puts into the form when it is opened."""
    newest = make.fresh(page).get_latest_revision()
    return {
        "loaded_revision_id": str(newest.pk),
        "loaded_revision_created_at": newest.created_at.isoformat(),
    }


@pytest.fixture
def collision(office, client):
    """Elif has the form open when Yazgı saves."""
    page = make.draft(office.tree.category, "Ortak taslak", office.author)
    opened = marks(page)
    client.force_login(office.author)
    client.post(make.edit_address(page), make.form("Yazgı’nın metni", slug=page.slug, **marks(page)))
    client.force_login(office.editor)
    return page, make.form("Elif’in metni", slug=page.slug, **opened)


def title(page) -> str:
    return make.fresh(page).get_latest_revision_as_object().title


def test_the_opened_form_carries_the_marks_the_guard_reads(office, client):
    page = make.draft(office.tree.category, "Taslak", office.author)
    client.force_login(office.editor)
    body = client.get(make.edit_address(page)).content.decode()
    for name, value in marks(page).items():
        assert f'name="{name}" value="{value}"' in body


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}, {"action-submit": "1"}])
def test_an_older_form_overwrites_nothing_and_loses_nothing(client, collision, action):
    page, form = collision
    answer = client.post(make.edit_address(page), form | action)
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Yazgı Deneme" in body
    assert "Elif’in metni" in body
    assert title(page) == "Yazgı’nın metni"
    assert not make.fresh(page).live


def test_who_has_read_the_warning_may_go_on_and_the_other_text_stays_in_the_history(client, collision):
    page, form = collision
    shown = client.post(make.edit_address(page), form).context
    sent: dict[str, list] = {}
    for name, value in [*shown["fields"], shown["confirmed"]]:
        sent.setdefault(name, []).append(value)
    assert client.post(make.edit_address(page), sent).status_code == 302
    assert title(page) == "Elif’in metni"
    assert [revision.content["title"] for revision in make.fresh(page).revisions.order_by("pk")] == [
        "Ortak taslak",
        "Yazgı’nın metni",
        "Elif’in metni",
    ]


def test_a_third_version_asks_again(office, client, collision):
    page, form = collision
    name, value = client.post(make.edit_address(page), form).context["confirmed"]
    make.fresh(page).save_revision(user=office.author)
    assert client.post(make.edit_address(page), form | {name: value}).status_code == 409


def test_wagtail_refuses_its_own_automatic_save(client, collision):
    page, form = collision
    answer = client.post(make.edit_address(page), form, headers={"Accept": "application/json"})
    assert answer.json()["error_code"] == "invalid_revision"
    assert title(page) == "Yazgı’nın metni"


def test_without_the_guard_wagtail_overwrites_silently(client, collision, monkeypatch):
    """Negative control, and why the guard exists."""
    monkeypatch.setattr("editorial.collisions.answer_to_stale_form", lambda request, page: None)
    page, form = collision
    assert client.post(make.edit_address(page), form).status_code == 302
    assert title(page) == "Elif’in metni"


# --- Schedules ----------------------------------------------------------------------------


def test_a_schedule_in_the_past_is_refused_with_a_sentence(office, client):
    page = make.draft(office.tree.category, "Taslak", office.author)
    client.force_login(office.editor)
    sent = make.form("Taslak", slug=page.slug, go_live_at=moment(hours=-1), **{"action-publish": "1"})
    answer = client.post(make.edit_address(page), sent)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["go_live_at"]
    assert not make.fresh(page).live


def test_a_schedule_for_this_minute_is_not_the_past(office, client):
    page = make.draft(office.tree.category, "Taslak", office.author)
    client.force_login(office.editor)
    sent = make.form("Taslak", slug=page.slug, go_live_at=moment(), **{"action-publish": "1"})
    assert client.post(make.edit_address(page), sent).status_code == 302


def test_a_moment_that_passed_while_waiting_publishes_at_approval(office, client):
    page = make.draft(office.tree.category, "Taslak", office.author)
    page.go_live_at = timezone.now() - timedelta(minutes=5)
    page.save_revision(user=office.author)
    page = make.fresh(page)
    page.get_workflow().start(page, office.author)
    act(client, page, office.reviewer, "approve", comment="")
    act(client, page, office.editor, "approve", comment="")
    assert make.fresh(page).live


def test_a_page_with_an_old_moment_can_still_be_edited(office, client):
    page = make.draft(office.tree.category, "Taslak", office.author)
    page.go_live_at = (timezone.now() - timedelta(days=30)).replace(second=0, microsecond=0)
    page.save_revision(user=office.author).publish()
    client.force_login(office.editor)
    sent = make.form("Düzeltildi", slug=page.slug, go_live_at=moment(days=-30), **{"action-publish": "1"})
    assert client.post(make.edit_address(page), sent).status_code == 302
    assert make.fresh(page).title == "Düzeltildi"


# --- Translations -------------------------------------------------------------------------


def translated(office, page):
    source, _ = TranslationSource.update_or_create_from_instance(page)
    made = Translation.objects.create(source=source, target_locale=office.english.category.locale)
    made.save_target(user=office.translator, publish=False)
    target = made.get_target_instance()
    target.get_latest_revision().publish()
    return make.fresh(target)


def test_a_translation_whose_source_was_deleted_stays_and_can_be_edited(office, client):
    page = faq.question(office.tree.category, "Kaynak")
    target = translated(office, page)
    page.delete()
    client.force_login(office.editor)

    assert client.get(target.url).status_code == 200
    answer = client.get(make.edit_address(target))
    assert answer.status_code == 200
    sentence = gettext("No page in the main language stands behind this one. It is edited by itself.")
    assert sentence in answer.content.decode()
    report = client.get(reverse("editorial_translation_report")).content.decode()
    assert "Kaynak" in report
    sent = make.form("On its own", slug=target.slug, **{"action-publish": "1"})
    assert client.post(make.edit_address(target), sent).status_code == 302
    assert make.fresh(target).title == "On its own"


def test_restarting_a_translation_without_its_source_is_no_error_page(office, client):
    page = faq.question(office.tree.category, "Kaynak")
    target = translated(office, page)
    page.delete()
    client.force_login(office.editor)
    client.get(make.edit_address(target))
    sent = make.form("On its own", slug=target.slug) | {"localize-restart-translation": "1"}
    answer = client.post(make.edit_address(target), sent, follow=True)
    assert answer.status_code == 200
    assert make.fresh(target).live


# --- Moves --------------------------------------------------------------------------------


def test_a_moved_question_takes_its_translation_along_and_old_addresses_lead_on(office, client):
    page = faq.question(office.tree.category, "Taşınan")
    target = translated(office, page)
    shelf = faq.category(office.tree.index, "Yeni raf")
    english_shelf = faq.category(office.english.index, "New shelf", translation_key=shelf.translation_key)
    old = [page.url, target.url]

    client.force_login(office.editor)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, shelf.pk]))
    client.logout()

    for address, moved, parent in zip(old, (page, target), (shelf, english_shelf), strict=True):
        moved = make.fresh(moved)
        assert moved.is_child_of(parent)
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (301, moved.url)
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_category_with_a_new_address_takes_its_questions_along(
    office, client, django_capture_on_commit_callbacks
):
    pages = [faq.question(office.tree.category, "Soru"), faq.question(office.english.category, "Question")]
    old = [page.url for page in pages]
    for category in (office.tree.category, office.english.category):
        category = make.fresh(category)
        category.slug = f"yeni-{category.slug}"
        with django_capture_on_commit_callbacks(execute=True):
            category.save_revision(user=office.editor).publish()
    for address, page in zip(old, pages, strict=True):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (301, make.fresh(page).url)


def test_without_the_receiver_the_translation_would_stay_behind(office):
    """Negative control."""
    page = faq.question(office.tree.category, "Taşınan")
    target = translated(office, page)
    shelf = faq.category(office.tree.index, "Yeni raf")
    faq.category(office.english.index, "New shelf", translation_key=shelf.translation_key)
    receivers.post_page_move.disconnect(receivers.move_translations)
    try:
        page.move(shelf, pos="last-child")
    finally:
        receivers.post_page_move.connect(receivers.move_translations)
    assert make.fresh(target).is_child_of(office.english.category)


# --- Older versions -----------------------------------------------------------------------


def test_versions_are_compared_and_an_older_one_comes_back(office, client):
    page = make.draft(office.tree.category, "Birinci", office.author)
    page.title = "İkinci"
    page.save_revision(user=office.editor).publish()
    first, second = make.fresh(page).revisions.order_by("pk")
    client.force_login(office.editor)

    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    body = client.get(compare).content.decode()
    assert "Birinci" in body
    assert "İkinci" in body
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert "Birinci" in client.get(revert).content.decode()
    sent = make.form("Birinci", slug=page.slug, **marks(page), **{"action-publish": "1"})
    assert client.post(revert, sent).status_code == 302
    assert make.fresh(page).title == "Birinci"
    assert make.fresh(page).revisions.count() == 3


# --- Comments -----------------------------------------------------------------------------


def test_a_comment_reaches_the_author_by_mail_in_turkish(office, client):
    client.force_login(office.author)
    client.post(make.add_address(office.tree.category), make.form("Yorumlu", comment_notifications="on"))
    page = Page.objects.get(slug="yorumlu").specific
    comment = {
        "text": "Bu cümle yanlış.",
        "contentpath": "title",
        "position": "",
        "replies": inline_formset([]),
        "resolved": "",
    }
    comments = nested_form_data({"comments": inline_formset([comment])})
    client.force_login(office.editor)
    client.post(make.edit_address(page), make.form("Yorumlu", slug=page.slug) | comments)
    journal.sweep()
    message = outbox.outbox[-1]
    assert message.to == [office.author.email]
    assert "Bu cümle yanlış." in message.body
    assert message.from_email == "Diji.vet <merhaba@diji.vet>"
    assert "Elif Deneme" in message.subject


def test_our_hook_comes_before_the_one_of_the_translation_editor():
    """It is the one that asks first; the other answers for translated pages and never returns."""
    names = [hook.__module__ for hook in hooks.get_hooks("before_edit_page")]
    assert names.index("editorial.wagtail_hooks") < names.index("wagtail_localize.wagtail_hooks")
