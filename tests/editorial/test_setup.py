"""Groups, rights and workflows: who may do what, made once and never doubled."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage

from blog.models import BlogTag
from editorial import roles, setup
from editorial.models import NamedApproverTask
from tests.factories import editorial as make
from tests.factories import faq

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    models = (Group, GroupPagePermission, Workflow, WorkflowPage, NamedApproverTask)
    return [model.objects.count() for model in models]


def test_a_second_run_changes_nothing(office):
    before = counts()
    setup.run()
    assert counts() == before


@pytest.mark.parametrize(
    ("group", "opens", "stays_shut"),
    [
        ("Destek", "/yonetim/reports/data-requests/", "/yonetim/businesses/"),
        ("İşletme inceleyen", "/yonetim/businesses/", "/yonetim/reports/data-requests/"),
    ],
)
def test_people_of_the_platform_have_their_own_doors(office, client, person, group, opens, stays_shut):
    someone = person("Derya", "Koç")
    someone.groups.add(Group.objects.get(name=group))
    client.force_login(someone)
    assert client.get("/panel/basla/")["Location"] == "/yonetim/"
    assert client.get(opens).status_code == 200
    assert client.get(stays_shut).status_code == 302


def test_missing_sections_are_named_and_skipped(office, settings):
    settings.EDITORIAL_SECTIONS = {"faq.FaqIndexPage": "content", "nowhere.IndexPage": "legal"}
    report = setup.run()
    assert report.sections == {"faq.FaqIndexPage": 2}
    assert report.missing == ["nowhere.IndexPage"]


def test_what_an_administrator_changed_stays(office):
    workflow = Workflow.objects.get(name=setup.CONTENT_WORKFLOW)
    workflow.workflow_tasks.last().delete()
    other = Workflow.objects.create(name="Başka")
    WorkflowPage.objects.filter(page=office.tree.index).update(workflow=other)

    setup.run(approver=office.counsel)
    setup.run(approver=office.editor)

    assert workflow.workflow_tasks.count() == 1
    assert WorkflowPage.objects.get(page=office.tree.index).workflow == other
    assert NamedApproverTask.objects.get().approver == office.counsel


def test_the_command_names_the_people(office):
    output = StringIO()
    call_command("setup_editorial", approver="counsel@ornek.test", deputy="editor@ornek.test", stdout=output)
    task = NamedApproverTask.objects.get()
    assert (task.approver, task.deputy) == (office.counsel, office.editor)
    assert "faq.FaqIndexPage: 2" in output.getvalue()
    with pytest.raises(CommandError, match=r"kimse@ornek\.test"):
        call_command("setup_editorial", approver="kimse@ornek.test")


# --- Who may do what ----------------------------------------------------------------------

ACTIONS = ["create", "edit", "submit", "approve", "publish", "unpublish", "delete", "translate", "set_rights"]
CONTENT = {
    "author": "create submit",
    "editor": "create edit submit publish unpublish delete translate",
    "reviewer": "approve",
    "counsel": "",
    "translator": "edit submit translate",
}
LEGAL = {
    "author": "",
    "editor": "",
    "reviewer": "approve",
    "counsel": "create edit submit",
    "translator": "edit submit translate",
}


def allowed(user, section: Page, waiting: Page) -> set[str]:
    """What the person can do with a published page of somebody else in this section; `approve`: on a draft
    at the first step of the section's workflow."""
    page = section.get_children().live().first()
    may = page.permissions_for_user(user)
    task = waiting.current_workflow_task
    answers = {
        "create": section.permissions_for_user(user).can_add_subpage(),
        "edit": may.can_edit(),
        "submit": may.can_submit_for_moderation() and (may.can_edit() or user.pk == page.owner_id),
        "approve": bool(task.get_actions(waiting, user)),
        "publish": may.can_publish(),
        "unpublish": may.can_unpublish(),
        "delete": may.can_delete(),
        "translate": user.has_perm("wagtail_localize.submit_translation") and may.can_edit(),
        "set_rights": user.has_perm("auth.change_group") or user.has_perm("wagtailcore.change_workflow"),
    }
    return {name for name, answer in answers.items() if answer}


@pytest.mark.parametrize("role", list(make.CAST))
def test_rights_on_the_help_centre_are_as_in_the_table(office, role):
    page = faq.question(office.tree.category, "Yayımda")
    waiting = make.draft(office.tree.category, "Bekleyen", office.author)
    waiting.get_workflow().start(waiting, office.author)
    expected = set(CONTENT[role].split())
    if role == "author":  # writes and submits her own pages, not those of others
        assert allowed(office.author, office.tree.category, make.fresh(waiting)) == {"create"}
        page.owner = office.author
        page.save()
        expected |= {"edit"}
    assert allowed(getattr(office, role), office.tree.category, make.fresh(waiting)) == expected


@pytest.mark.parametrize("role", list(make.CAST))
def test_rights_on_legal_texts_are_as_in_the_table(office, role, settings):
    """The legal room is not here, so a second home with a help centre plays its part."""
    GroupPagePermission.objects.all().delete()
    WorkflowPage.objects.all().delete()
    settings.EDITORIAL_SECTIONS = {"faq.FaqIndexPage": "legal"}
    setup.run(approver=office.counsel)
    faq.question(office.tree.category, "Yayımda")
    waiting = make.draft(office.tree.category, "Bekleyen", office.author)
    waiting.get_workflow().start(waiting, office.author)

    assert allowed(getattr(office, role), office.tree.category, make.fresh(waiting)) == set(
        LEGAL[role].split()
    )


def test_every_role_enters_the_back_office_and_only_editors_name_stand_ins(office):
    for role in make.CAST:
        user = getattr(office, role)
        assert user.has_perm("wagtailadmin.access_admin")
        assert user.has_perm("editorial.name_stand_in") == (role == "editor")


def test_the_table_of_roles_is_the_one_tested():
    assert {role.name for role in roles.ALL} == {group for _, group in make.CAST.values()}


@pytest.mark.parametrize("snippet", ["author", "blogtag"])
def test_editors_keep_authors_and_tags_and_writers_do_not(office, client, snippet):
    listing, adding = (f"wagtailsnippets_blog_{snippet}:{action}" for action in ("list", "add"))
    client.force_login(office.editor)
    assert client.get(reverse(listing)).status_code == 200
    assert client.get(reverse(adding)).status_code == 200
    client.force_login(office.author)
    assert client.get(reverse(adding)).status_code == 302


def test_an_editor_adds_a_tag(office, client):
    client.force_login(office.editor)
    client.post(reverse("wagtailsnippets_blog_blogtag:add"), {"name": "Kedi", "english": "Cat"})
    assert BlogTag.objects.get().slug == "kedi"
