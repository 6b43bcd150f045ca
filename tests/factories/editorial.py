"""The help centre with its editorial office: sections set up, one person for each role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from core import proofs
from core.proofs import Result, State
from core.text import slug
from editorial import roles, setup
from editorial.models import NamedApproverTask

from . import faq

PASSWORD = "uzun bir cumle yeter"
CAST = {
    "author": ("Yazgı", roles.AUTHOR),
    "editor": ("Elif", roles.EDITOR),
    "reviewer": ("Gözde", roles.REVIEWER),
    "counsel": ("Hakan", roles.COUNSEL),
    "translator": ("Çiğdem", roles.TRANSLATOR),
}


@dataclass
class Office:
    tree: faq.Tree
    english: faq.Tree
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error


def office() -> Office:
    tree = faq.tree()
    found = Office(tree, faq.tree("en", of=tree))
    setup.run()
    for role, (first_name, group) in CAST.items():
        user = User.objects.create_user(
            f"{role}@ornek.test", PASSWORD, first_name=first_name, last_name="Deneme"
        )
        user.groups.add(Group.objects.get(name=group))
        found.people[role] = user
    return found


def legal(office: Office, *, deputy: User | None = None) -> Page:
    """A section under the strict workflow. The legal room is not here, so a category plays its part."""
    page = faq.category(office.tree.index, "Hukuki metinler")
    task = NamedApproverTask.objects.get(name=setup.APPROVAL)
    task.approver, task.deputy = office.counsel, deputy
    task.save()
    workflow = Workflow.objects.get(name=setup.LEGAL_WORKFLOW)
    WorkflowPage.objects.create(page=page, workflow=workflow)
    return page


def draft(category: Page, title: str, by: User, **fields: Any) -> Any:
    """A question with a first revision, not published."""
    page = faq.question(
        category, title, live=False, first_published_at=None, last_published_at=None, **fields
    )
    page.owner = by
    page.has_unpublished_changes = True
    page.save()
    page.save_revision(user=by)
    return fresh(page)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def form(title: str = "Şifremi unuttum", *, claims: tuple[str, ...] = (), **fields: Any) -> dict[str, Any]:
    """What the page editor sends. An action is a field: `form(**{"action-publish": "1"})`."""
    data = {
        "title": title,
        "slug": slug(title),
        "summary": "Kodu yaz.",
        "body": streamfield([("text", rich_text("<p>Uzun yanıt</p>"))]),
        "synonyms": "",
        "related_links": inline_formset([]),
        "responsible": "",
        "review_due": "",
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    sent = nested_form_data(data) | {"audiences": [], "claims": list(claims)}
    return sent | fields


def add_address(category: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["faq", "questionpage", category.pk])


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def claim(monkeypatch: Any, state: State, code: str = "tests.claim") -> str:
    """A proof that says what the test wants."""
    proof = proofs.Proof(code, code, lambda: Result(state, "Cümle.", "ayrıntı"))
    monkeypatch.setitem(proofs._proofs, code, proof)
    return code
