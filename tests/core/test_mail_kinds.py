"""Promotion and what belongs to something the reader did are kept apart (law 6563)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core import mail as outbox
from django.template import Template, engines
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.utils import timezone

from core import journal, mail, mail_kinds
from core.models import Mail
from core.templatetags.mail_parts import Campaign

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "emails"
CAMPAIGN = "{% load mail_parts %}{% campaign %}Şimdi yüzde yirmi indirim!{% endcampaign %}"


def every_template() -> list[str]:
    """Names of all mails, without their endings."""
    return sorted({str(path.relative_to(FOLDER)).split(".")[0] for path in FOLDER.rglob("*.*")})


def files_of(name: str) -> list[Path]:
    return sorted(FOLDER.glob(f"{name}.*"))


def holds_campaign(template: Template) -> bool:
    """Also in what it extends and includes."""
    nodes = list(template.nodelist.get_nodes_by_type(object))
    if any(isinstance(node, Campaign) for node in nodes):
        return True
    named = [node.parent_name for node in nodes if isinstance(node, ExtendsNode)]
    named += [node.template for node in nodes if isinstance(node, IncludeNode)]
    engine = engines["django"].engine
    return any(holds_campaign(engine.get_template(name.var)) for name in named if isinstance(name.var, str))


def test_no_transactional_mail_holds_a_campaign():
    engine = engines["django"].engine
    found = {
        name: [
            holds_campaign(engine.get_template(f"emails/{path.relative_to(FOLDER)}"))
            for path in files_of(name)
        ]
        for name in every_template()
    }
    assert len(found) > 20
    wrong = [
        name
        for name, holds in found.items()
        if any(holds) and mail_kinds.kind_of(name) != mail_kinds.Kind.COMMERCIAL
    ]
    assert wrong == []
    assert any(found["newsletter/issue"]), "the walk sees a campaign where there is one"


def test_the_walk_sees_a_campaign_in_what_a_mail_includes():
    engine = engines["django"].engine
    assert holds_campaign(engine.from_string(CAMPAIGN))
    assert holds_campaign(engine.from_string('{% include "emails/newsletter/issue.txt" %}'))
    assert holds_campaign(engine.from_string('{% extends "emails/newsletter/issue.html" %}'))
    assert not holds_campaign(engine.from_string('{% extends "emails/_base.html" %}'))


@pytest.fixture
def templates(settings, tmp_path):
    """Two mails that promote something: one declared as such, one not."""
    for name in ("indirim", "fis"):
        folder = tmp_path / "emails"
        folder.mkdir(exist_ok=True)
        for part in ("subject.txt", "txt", "html"):
            (folder / f"{name}.{part}").write_text(CAMPAIGN if part != "subject.txt" else "Konu")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]


@pytest.fixture
def allowed(monkeypatch) -> set[str]:
    found: set[str] = set()
    monkeypatch.setattr(mail_kinds, "_commercial", dict(mail_kinds._commercial))
    mail_kinds.commercial("indirim", allowed=lambda to: to in found)
    return found


@pytest.mark.django_db
def test_a_transactional_mail_with_a_campaign_is_refused(templates, allowed):
    with pytest.raises(mail_kinds.CampaignRefused):
        mail.send("fis", to="a@ornek.test", context={}, locale="tr")
    with pytest.raises(mail_kinds.CampaignRefused):
        mail.send("fis", to="a@ornek.test", context={"mail_kind": "commercial"}, locale="tr")
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_a_commercial_mail_goes_only_to_who_allowed_it(templates, allowed):
    with pytest.raises(mail_kinds.NotAllowed):
        mail.send("indirim", to="a@ornek.test", context={}, locale="tr")
    allowed.add("a@ornek.test")
    mail.send("indirim", to="a@ornek.test", context={}, locale="tr")
    journal.sweep()
    assert [sent.to for sent in outbox.outbox] == [["a@ornek.test"]]


@pytest.mark.django_db
def test_a_refusal_counts_for_what_is_queued_already(templates, allowed):
    allowed.add("a@ornek.test")
    queued = mail.send("indirim", to="a@ornek.test", context={}, locale="tr")
    allowed.clear()
    mail.deliver(queued, now=timezone.now())
    assert outbox.outbox == []
    assert queued.outcome == "suppressed"
