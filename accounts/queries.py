"""Reads about people: consents in force, evidence, sessions, requests with their clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from legal.models import Acceptance, NoticeRead

from . import purposes
from .models import Consent, ConsentState, DataRequest, User
from .states import RequestStatus


@dataclass(frozen=True)
class Permission:
    """One purpose with the decision in force."""

    purpose: purposes.Purpose
    decision: Consent | None

    @property
    def is_given(self) -> bool:
        return self.decision is not None and self.decision.state == ConsentState.GIVEN


def consent_in_force(user: User, purpose: str) -> Consent | None:
    return Consent.objects.filter(user=user, purpose=purpose).first()


def permissions_of(user: User) -> list[Permission]:
    """Every purpose that is asked for, and what she decided last. One query."""
    newest = Consent.objects.filter(user=user).order_by("purpose", "-at", "-pk").distinct("purpose")
    decided = {row.purpose: row for row in newest}
    return [Permission(one, decided.get(one.code)) for one in purposes.every()]


def evidence_of(user: User) -> list[dict[str, Any]]:
    """Contracts she accepted and notices she was shown, the newest first."""
    rows: list[dict[str, Any]] = []
    for model in (Acceptance, NoticeRead):
        found = model.objects.filter(user=user).select_related("version")
        rows += [{"row": row, "is_acceptance": model is Acceptance} for row in found]
    return sorted(rows, key=lambda item: item["row"].at, reverse=True)


def requests_of(user: User) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(user=user).select_related("export")


def waiting_requests() -> QuerySet[DataRequest]:
    """For staff: what is open, the most urgent first."""
    return DataRequest.objects.filter(status=RequestStatus.OPEN).select_related("user").order_by("due_at")


def live_sessions(user: User) -> QuerySet[UserSession]:
    """Where she is signed in, the newest first. Sessions that ran out or were ended are not shown."""
    running = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=Now())
    return UserSession.objects.filter(Exists(running), user=user.pk).order_by("-created_at")
