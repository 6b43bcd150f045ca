"""The editors' desk: one list of what readers miss, one press to answer it, and for editors only."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from faq import desk, services
from faq.models import Feedback, QuestionPage, SearchLog, Suggestion
from tests.factories import faq

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "faq_desk",
    "faq_review_report",
    "faq_search_report",
    "faq_unhelpful_report",
    "faq_suggestion_report",
]


def suggest(words: str = "Pasaport nasıl alınır?", **more) -> Suggestion:
    return services.suggest(
        **{"words": words, "email": "a@ornek.test", "locale": "tr", "now": timezone.now(), **more}
    )


def searched(query: str, times: int = 5, **more) -> None:
    row = {"day": timezone.localdate(), "locale": "tr", "results": 0, "searches": times, **more}
    SearchLog.objects.create(query=query, shown=query, **row)


def refuse(page: QuestionPage, visitor: str = "v") -> None:
    Feedback.objects.create(
        page=page, revision=page.live_revision_id or 0, visitor=visitor, helpful=False, locale="tr"
    )


@pytest.fixture
def editor(tree, person, client):
    """May write in the help centre, and nothing else."""
    group = Group.objects.create(name="Yardım editörleri")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=name)
        GroupPagePermission.objects.create(group=group, page=tree.index, permission=permission)
    elif_ = person("Elif", "Su")
    elif_.groups.add(group)
    client.force_login(elif_)
    return elif_


def test_everything_stands_in_one_list_the_loudest_first(tree, editor, client):
    page = faq.question(tree.category, "Kötü yanıt")
    for number in range(2):
        refuse(page, f"v{number}")
    suggest()
    searched("hamster oteli", 9)
    searched("bulunan", results=3)

    assert [(item.kind, item.weight) for item in desk.items()] == [
        ("search", 9),
        ("answer", 2),
        ("suggestion", 1),
    ]
    body = client.get(reverse("faq_desk")).content.decode()
    assert body.index("hamster oteli") < body.index("Kötü yanıt") < body.index("Pasaport nasıl")
    assert "a@ornek.test" not in body


def test_filters_narrow_the_list(tree, editor, client):
    suggest()
    searched("hamster", locale="en")

    only = client.get(reverse("faq_desk"), {"kind": "search"}).content.decode()
    turkish = client.get(reverse("faq_desk"), {"language": "tr", "kind": "x'--"}).content.decode()

    assert "hamster" in only
    assert "Pasaport" not in only
    assert "Pasaport" in turkish
    assert "hamster" not in turkish


def test_the_desk_costs_the_same_for_one_and_twenty(tree, editor, client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("faq_desk")).status_code == 200
        return len(captured)

    page = faq.question(tree.category, "Yanıt")
    suggest("Soru numara 0?", source=page), searched("arama 0"), refuse(page)
    cost()
    few = cost()
    for number in range(1, 20):
        suggest(f"Soru numara {number}?", source=page), searched(f"arama {number}")
        refuse(faq.question(tree.category, f"Yanıt {number}"))

    assert cost() == few


def test_one_press_makes_the_draft(tree, editor, client):
    suggestion = suggest(query="pasaport")

    answer = client.post(reverse("faq_desk_draft", args=[suggestion.pk]), {"category": tree.category.pk})

    page = QuestionPage.objects.get(title="Pasaport nasıl alınır?")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(answer.url).status_code == 200
    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.question) == ("drafted", page)
    again = client.post(reverse("faq_desk_draft", args=[suggestion.pk]), {"category": tree.category.pk})
    assert again.url == reverse("faq_desk")
    assert QuestionPage.objects.count() == 1


def test_an_empty_search_becomes_a_draft_and_leaves_the_list(tree, editor, client):
    searched("hamster oteli")

    client.post(reverse("faq_desk_draft_search"), {"shown": "hamster oteli", "category": tree.category.pk})

    page = QuestionPage.objects.get()
    assert (page.title, page.synonyms, page.live) == ("hamster oteli", "hamster oteli", False)
    assert [item.kind for item in desk.items()] == ["suggestion"]


def test_closing_needs_a_reason_or_an_answer(tree, editor, client):
    first, second, third = suggest("Birinci soru?"), suggest("İkinci soru?"), suggest("Üçüncü soru?")
    page = faq.question(tree.category, "Yanıt")

    client.post(reverse("faq_desk_close", args=[first.pk]), {"reason": "", "question": ""})
    client.post(reverse("faq_desk_close", args=[second.pk]), {"reason": "Konumuz değil."})
    client.post(reverse("faq_desk_close", args=[third.pk]), {"question": page.full_url})

    assert list(Suggestion.objects.order_by("pk").values_list("status", flat=True)) == [
        "new",
        "rejected",
        "duplicate",
    ]


@pytest.mark.parametrize(
    "data", [{}, {"category": "x"}, {"category": "999999"}, {"shown": "", "category": ""}]
)
def test_bad_input_changes_nothing(tree, editor, client, data):
    suggestion = suggest()

    for address in (reverse("faq_desk_draft", args=[suggestion.pk]), reverse("faq_desk_draft_search")):
        assert client.post(address, data).url == reverse("faq_desk")
    again = client.post(reverse("faq_desk_close", args=[suggestion.pk]), {"reason": "", "question": "/x/"})
    assert again.status_code == 422
    assert 'value="/x/"' in again.content.decode()
    assert not QuestionPage.objects.exists()
    assert client.get(reverse("faq_desk_draft", args=[suggestion.pk])).status_code == 405


def test_reports_show_what_they_count(tree, editor, client):
    refuse(faq.question(tree.category, "Kötü yanıt"))
    faq.question(tree.category, "İyi yanıt")
    searched("hamster oteli")
    suggestion = suggest()

    bodies = {name: client.get(reverse(name)).content.decode() for name in ADDRESSES}

    assert "hamster oteli" in bodies["faq_search_report"]
    assert "Kötü yanıt" in bodies["faq_unhelpful_report"]
    assert "İyi yanıt" not in bodies["faq_unhelpful_report"]
    assert suggestion.reference in bodies["faq_suggestion_report"]
    for name in ADDRESSES:
        assert reverse(name) in bodies["faq_desk"], "every one is in the menu"


def test_votes_on_an_older_version_are_forgiven(tree):
    page = faq.question(tree.category, "Yanıt")
    refuse(page)
    page.save_revision().publish()

    assert not desk.unhelpful_answers()


@pytest.mark.parametrize("who", ["deniz", "blogger", "guest"])
def test_nobody_else_sees_or_changes_anything(tree, client, who, person, deniz):
    suggestion = suggest()
    if who == "blogger":  # may enter the back office, but not write in the help centre
        blogger = person("Can", "Ay")
        blogger.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(blogger)
    elif who == "deniz":
        client.force_login(deniz)

    for name in ADDRESSES:
        assert client.get(reverse(name)).status_code == 302
    for name in ("faq_desk_draft", "faq_desk_close", "faq_desk_triage"):
        data = {"category": tree.category.pk, "reason": "x"}
        assert client.post(reverse(name, args=[suggestion.pk]), data).status_code == 302
    client.post(reverse("faq_desk_draft_search"), {"shown": "x", "category": tree.category.pk})
    suggestion.refresh_from_db()
    assert suggestion.status == "new"
    assert not QuestionPage.objects.exists()
