"""What a mail says: who wrote, to whom, the new words without the old ones, the files. Text only.

A mail is hostile until read: any header may be broken, HTML is never rendered but taken apart into its
words, and what is too long is cut.
"""

from __future__ import annotations

import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile

from accounts import emails
from core import logs, uploads

LONGEST = 20_000
MOST_FILES = 5
TO_HEADERS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,240}>")
QUOTED = re.compile(
    r"^(>|-{2,}\s*(original message|orijinal ileti|özgün ileti|yönlendirilmiş ileti|forwarded message)"
    r"|_{10,}\s*$|(from|kimden|gönderen):\s.+@)",
    re.IGNORECASE,
)
WROTE = re.compile(r"(wrote|yazdı|şunu yazdı|tarihinde yazdı)\s*:\s*$", re.IGNORECASE)
BULK = {"bulk", "junk", "list", "auto_reply"}


@dataclass(frozen=True)
class Read:
    digest: str
    message_id: str
    sender: str
    recipients: list[str]
    subject: str
    text: str
    was_cut: bool
    files: list[uploads.Accepted]
    refused_files: list[str]
    is_automatic: bool


def read(content: bytes) -> Read:
    """Raises ValueError for what is no mail at all."""
    message = email.message_from_bytes(content, _class=EmailMessage, policy=modern)
    if not message.keys():
        raise ValueError("no header")
    text, was_cut = _words(message)
    files, refused = _files(message)
    message_id = MESSAGE_ID.search(_header(message, "Message-ID"))
    return Read(
        digest=hashlib.sha256(message_id[0].encode() if message_id else content).hexdigest(),
        message_id=message_id[0] if message_id else "",
        sender=_sender(message),
        recipients=[address for name in TO_HEADERS for address in _addresses(message, name)],
        subject=" ".join(_header(message, "Subject").split())[:200],
        text=text,
        was_cut=was_cut,
        files=files,
        refused_files=refused,
        is_automatic=is_automatic(message),
    )


def is_automatic(message: EmailMessage) -> bool:
    """Out of office, bounces, lists: never the word of a person (RFC 3834 and what came before it)."""
    submitted = _header(message, "Auto-Submitted").lower().split(";")[0].strip()
    if submitted and submitted != "no":
        return True
    if _header(message, "Precedence").lower().strip() in BULK:
        return True
    if any(message.get_all(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id")):
        return True
    way_back = message.get_all("Return-Path")
    if way_back and _header(message, "Return-Path").strip() in ("<>", ""):
        return True
    return message.get_content_type() == "multipart/report" or _sender(message).startswith("mailer-daemon@")


def without_quotes(text: str) -> str:
    """The new words: everything before the mail it answers."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines):
        bare = line.strip()
        if QUOTED.match(bare) or WROTE.search(bare):
            return _begun("\n".join(lines[:number]))
    return text.strip()


def _begun(kept: str) -> str:
    """“On 3 May Ayşe <a@b>” may stand on the line before “wrote:”."""
    kept = kept.rstrip()
    head, _break, last = kept.rpartition("\n")
    return (head if "@" in last and "<" in last else kept).strip()


def _sender(message: EmailMessage) -> str:
    address = parseaddr(_header(message, "From"))[1]
    try:
        return emails.canonical(address)[:254]
    except ValidationError:
        return ""


def _addresses(message: EmailMessage, name: str) -> list[str]:
    values = [_plain(value) for value in message.get_all(name) or []]
    return [address for _name, address in getaddresses(values)]


def _header(message: EmailMessage, name: str) -> str:
    try:
        return _plain(message.get(name, ""))
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):  # broken headers break the parser
        return ""


def _plain(value: Any) -> str:
    return "".join(letter for letter in str(value) if letter.isprintable() or letter == " ")


def _words(message: EmailMessage) -> tuple[str, bool]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", False
    text = _decoded(part)
    if part.get_content_type() == "text/html":
        text = _from_html(text)
    text = logs.PATTERNS[2][0].sub("••••", without_quotes(text)).replace("\x00", "")
    return text[:LONGEST], len(text) > LONGEST


def _decoded(part: Any) -> str:
    raw = part.get_payload(decode=True) or b""
    try:
        return str(raw[: 20 * LONGEST].decode(part.get_content_charset("utf-8"), errors="replace"))
    except LookupError:  # a charset nobody knows
        return str(raw[: 20 * LONGEST].decode(errors="replace"))


class _Words(HTMLParser):
    """The words of an HTML mail. Scripts and styles have none; quotes of the mail before are left out."""

    HIDDEN = {"script", "style", "head", "title", "blockquote"}
    BREAKS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3"}

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.depth += tag in self.HIDDEN
        if tag in self.BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - (tag in self.HIDDEN))

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.parts.append(data)


def _from_html(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    lines = [" ".join(line.split()) for line in "".join(parser.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _files(message: EmailMessage) -> tuple[list[uploads.Accepted], list[str]]:
    """Judged as uploads are. What may not be kept is named, so that nobody waits for us to look at it."""
    kept: list[uploads.Accepted] = []
    refused: list[str] = []
    for name, content in _attached(message):
        try:
            if len(kept) == MOST_FILES:
                raise ValidationError("too many")
            kept.append(uploads.accept(_upload(name, content)))
        except ValidationError:
            refused.append(_plain(name)[:80])
    return kept, refused[:20]


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    try:
        parts = list(message.iter_attachments())
    except (AttributeError, TypeError):  # a mail that says it has parts and has none
        return
    for part in parts:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield part.get_filename() or part.get_content_type(), content


def _upload(name: str, content: bytes) -> InMemoryUploadedFile:
    return InMemoryUploadedFile(BytesIO(content), None, name, None, len(content), None)
