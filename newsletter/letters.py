"""An issue as a mail: written once for each language and choice of audiences, finished for each reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from core.mail_kinds import Kind

from . import links, queries
from .models import Issue, SenderDetails, Subscription

STOP_MARK, PREFERENCES_MARK = "@@stop@@", "@@preferences@@"
LIST_ID = "Diji.vet <bulten.diji.vet>"


@dataclass(frozen=True)
class Letter:
    """Subject and texts; the two marks stand where each reader's own links go."""

    subject: str
    text: str
    html: str
    locale: str

    def for_reader(self, stop: str, preferences: str) -> Letter:
        marks = {STOP_MARK: stop, PREFERENCES_MARK: preferences}
        text, html = self.text, self.html
        for mark, url in marks.items():
            text, html = text.replace(mark, url), html.replace(mark, url)
        return Letter(self.subject, text, html, self.locale)


def write(issue: Issue, items: list[Any], *, locale: str, audiences: Any = None) -> Letter | None:
    """The letter of these items; None where nothing is left for such a reader."""
    pieces = queries.pieces(items, locale, audiences)
    if not pieces:
        return None
    with translation.override(locale):
        context = {
            "issue": issue,
            "subject": issue.subject(locale),
            "intro": issue.intro(locale),
            "pieces": pieces,
            "sender": SenderDetails.load(),
            "stop_url": STOP_MARK,
            "preferences_url": PREFERENCES_MARK,
            "web_url": settings.BASE_URL + issue.get_absolute_url(),
            "base_url": settings.BASE_URL,
            "locale": locale,
            "mail_kind": Kind.COMMERCIAL,
        }
        text, html = (
            render_to_string(f"emails/newsletter/issue.{part}", context) for part in ("txt", "html")
        )
    return Letter(issue.subject(locale), text.strip(), html.strip(), locale)


class Desk:
    """Letters of one issue as they are now, each written once. Short-lived: a retraction makes a new one."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.items = queries.items_of(issue)
        self._written: dict[tuple[str, tuple[str, ...]], Letter | None] = {}

    def letter_for(self, reader: Subscription) -> Letter | None:
        key = (reader.locale, tuple(sorted(reader.audiences)))
        if key not in self._written:
            self._written[key] = write(self.issue, self.items, locale=key[0], audiences=key[1])
        return self._written[key]


def message(letter: Letter, *, reader: Subscription, issue: Issue, message_id: str) -> EmailMultiAlternatives:
    """The mail of one reader, with the headers by which her mail service lets her leave in one press."""
    stop = links.stop_url(reader)
    own = letter.for_reader(stop, links.preferences_url(reader))
    headers = {
        "Message-ID": message_id,
        "List-Id": LIST_ID,
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
        "Feedback-ID": f"{issue.key}:bulten:dijivet",
        "Content-Language": letter.locale,
    }
    mail = EmailMultiAlternatives(own.subject, own.text, to=[reader.email], headers=headers)
    mail.attach_alternative(own.html, "text/html")
    return mail
