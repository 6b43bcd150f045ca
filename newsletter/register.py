"""How we speak with İYS: three calls of a small protocol (docs/iys.md). Without `IYS_URL` there is no İYS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from core import http

from .models import IysChange

CHANNEL = "EPOSTA"


class RefusedByRegister(Exception):
    """It will never take this: a person has to look."""


class NotNow(Exception):
    """It cannot be reached or is busy."""


@dataclass(frozen=True)
class Decision:
    """What stands in the register for one address."""

    recipient: str
    state: str
    at: str = ""


def is_there() -> bool:
    return bool(settings.IYS_URL)


def push(change: IysChange, *, evidence: dict[str, Any]) -> None:
    """Tell one decision. Safe to repeat: it carries its id. Raises RefusedByRegister, NotNow."""
    _call(
        "POST",
        "consents",
        json={
            "id": f"bulten-{change.pk}",
            "recipient": change.subscription.email,
            "recipientType": "BIREYSEL",
            "type": CHANNEL,
            "status": change.state,
            "consentDate": change.at.isoformat(),
            "source": "HS_WEB",
            "evidence": evidence,
        },
    )


def decided_there(cursor: str) -> tuple[list[Decision], str]:
    """What people have decided at İYS itself since then, of our channel; and how far we have read."""
    answer = _call("GET", "consents/changes", params={"after": cursor})
    ours = [row for row in answer["changes"] if row["type"] == CHANNEL]
    return [_decision(row) for row in ours], str(answer["cursor"])


def approvals() -> Iterator[Decision]:
    """All that stands there as an approval of our channel."""
    page: str | None = ""
    while page is not None:
        answer = _call("GET", "consents", params={"type": CHANNEL, "status": "ONAY", "page": page})
        yield from (_decision(row) for row in answer["consents"])
        page = answer["next"]


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(str(row["recipient"]).lower(), str(row["status"]), str(row.get("consentDate", "")))


def _call(method: str, path: str, **options: Any) -> dict[str, Any]:
    url = f"{settings.IYS_URL.rstrip('/')}/{path}"
    headers = {"Authorization": f"Bearer {settings.IYS_TOKEN}"}
    try:
        answer = http.call(method, url, repeatable=True, headers=headers, **options)
    except http.requests.RequestException as error:
        raise NotNow(type(error).__name__) from error
    if answer.status_code in (400, 409, 422):
        raise RefusedByRegister(f"{answer.status_code} {_said(answer)}")
    if answer.status_code >= 300:
        raise NotNow(str(answer.status_code))
    return _json(answer)


def _json(answer: Any) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError as error:
        raise NotNow("no JSON") from error
    if not isinstance(found, dict):
        raise NotNow("no JSON object")
    return found


def _said(answer: Any) -> str:
    try:
        return str(answer.json().get("message", ""))[:300]
    except (ValueError, AttributeError):
        return ""
