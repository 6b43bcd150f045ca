"""Reports: the right rows, for the right people, at a constant price."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import TranslationSource

from editorial import queries
from editorial.models import PublishedDespite
from editorial.reports import ALL
from faq.models import QuestionPage
from tests.factories import editorial as make
from tests.factories import faq

pytestmark = pytest.mark.django_db


def problems(office) -> dict[str, str]:
    found = queries.translation_problems(office.english.category.locale)
    return {page.title: page.problem for page in found if page.specific_class is QuestionPage}


def pair(office, title: str, *, source_age: int, target_age: int):
    """A question and its translation, published so many days ago."""
    now = timezone.now()
    source = faq.question(office.tree.category, title, last_published_at=now - timedelta(days=source_age))
    faq.question(
        office.english.category,
        f"{title} en",
        translation_key=source.translation_key,
        last_published_at=now - timedelta(days=target_age),
    )
    return source


def test_missing_outdated_and_orphaned_translations_are_told_apart(office):
    faq.question(office.tree.category, "Çevrilmemiş")
    make.draft(office.tree.category, "Henüz taslak", office.author)
    pair(office, "Güncel", source_age=2, target_age=1)
    pair(office, "Eskimiş", source_age=1, target_age=2)
    faq.question(office.english.category, "Orphan")

    assert problems(office) == {"Çevrilmemiş": "missing", "Eskimiş": "outdated", "Orphan": "orphan"}


def test_a_translation_is_outdated_until_the_new_text_is_taken_over_and_published(office):
    page = pair(office, "Sayfa", source_age=3, target_age=1)
    source, _ = TranslationSource.update_or_create_from_instance(page)
    taken_over = TranslationSource.objects.filter(pk=source.pk)
    day = timezone.now()
    for days, problem in ((4, {"Sayfa": "outdated"}), (2, {}), (0, {})):
        taken_over.update(last_updated_at=day - timedelta(days=days))
        assert problems(office) == problem
    QuestionPage.objects.filter(pk=page.pk).update(last_published_at=day - timedelta(hours=5))
    assert problems(office) == {"Sayfa": "outdated"}


def test_the_report_filters_by_problem_and_shrugs_at_nonsense(office, client):
    faq.question(office.tree.category, "Tercümesiz soru")
    faq.question(office.english.category, "Orphan")
    client.force_login(office.translator)
    address = reverse("editorial_translation_report")
    body = client.get(address, {"problem": "orphan"}).content.decode()
    assert "Orphan" in body
    assert "Tercümesiz soru" not in body
    for value in ("x", "-1", "9" * 40, "999", "²"):
        assert client.get(address, {"into": value}).status_code == 200


def test_scheduled_and_expiring_pages_are_listed(office, client):
    page = make.draft(office.tree.category, "Yarın çıkacak", office.editor)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=office.editor).publish(user=office.editor)
    faq.question(office.tree.category, "Yarın kalkacak", expire_at=timezone.now() + timedelta(days=1))
    client.force_login(office.editor)
    assert "Yarın çıkacak" in client.get(reverse("editorial_scheduled_report")).content.decode()
    assert "Yarın kalkacak" in client.get(reverse("editorial_expiring_report")).content.decode()


def test_reports_are_for_people_with_a_right_on_pages(office, client, deniz):
    for report in ALL:
        address = reverse(report.index_url_name)
        client.force_login(deniz)
        assert client.get(address).status_code == 302
        client.force_login(office.editor)
        assert client.get(address).status_code == 200
        assert client.get(reverse(report.index_results_url_name)).status_code == 200


def fill(office, number: int) -> None:
    faq.question(office.tree.category, f"Çevrilmemiş {number}", expire_at=timezone.now() + timedelta(days=1))
    page = make.draft(office.tree.category, f"Planlı {number}", office.editor)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=office.editor).publish(user=office.editor)
    PublishedDespite.objects.create(
        page_id=page.pk, codes=["x"], was_asked=False, published_at=timezone.now(), by=office.editor
    )


@pytest.mark.parametrize("report", [row[0] for row in ALL], ids=[row[1] for row in ALL])
def test_a_report_costs_the_same_for_one_row_and_many(office, client, report):
    client.force_login(office.editor)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(report.index_url_name)).status_code == 200
        return len(captured)

    fill(office, 0)
    cost()
    few = cost()
    for number in range(1, 13):
        fill(office, number)
    assert cost() == few
