"""Personal data in the ground: journal and mails, and what Wagtail keeps about those who work in it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .personal_data import CONTRACT, LEGITIMATE, PROOF, OnErase, holding

ALWAYS = _("for good; after erasure it points at an account without a name")
WITH_ACCOUNT = _("until the account is erased")
STAFF = _("Work in the back office")


def _about(user: Any) -> Q:
    kind = ContentType.objects.get_for_model(get_user_model())
    return Q(subject_type=kind, subject_id=str(user.pk))


def _logged(user: Any) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(get_user_model()), object_id=str(user.pk))


holding(
    "core.Line",
    owner="actor",
    title=_("What you did"),
    purpose=_("To show later who did what"),
    ground=PROOF,
    period=ALWAYS,
    fields=("at", "name"),
    on_erase=OnErase.LINK,
)
holding(
    "core.Line",
    where=_about,
    title=_("What happened to your account"),
    purpose=_("To show later who did what"),
    ground=PROOF,
    period=ALWAYS,
    fields=("at", "name", "data"),
    on_erase=OnErase.ANONYMISE,
    blank={"data": {}},
)
holding(
    "core.Mail",
    where=lambda user: Q(to=user.email),
    title=_("Mails we sent you"),
    purpose=_("To deliver them, and to know that they left"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("queued_at", "sent_at", "subject"),
    on_erase=OnErase.DELETE,
)


def _authorship(model: str, owner: str, *covers: str) -> None:
    holding(
        model,
        owner=owner,
        covers=covers,
        title=STAFF,
        purpose=_("To know who wrote and changed what"),
        ground=LEGITIMATE,
        period=ALWAYS,
        on_erase=OnErase.LINK,
    )


def _tools(model: str, owner: str) -> None:
    holding(
        model,
        owner=owner,
        title=STAFF,
        purpose=_("To work in the back office"),
        ground=LEGITIMATE,
        period=WITH_ACCOUNT,
        on_erase=OnErase.DELETE,
    )


_authorship("wagtailcore.Page", "owner", "locked_by")
_authorship("wagtailcore.Revision", "user")
_authorship("wagtailcore.PageLogEntry", "user")
_authorship("wagtailcore.ModelLogEntry", "user")
_authorship("wagtailcore.WorkflowState", "requested_by")
_authorship("wagtailcore.TaskState", "finished_by")
_authorship("wagtailcore.Comment", "user", "resolved_by")
_authorship("wagtailcore.CommentReply", "user")
_authorship("wagtailimages.Image", "uploaded_by_user")
_authorship("wagtaildocs.Document", "uploaded_by_user")
_authorship("wagtail_localize.StringTranslation", "last_translated_by")
_authorship("wagtail_localize.SegmentOverride", "last_translated_by")
_tools("wagtailcore.UploadedFile", "uploaded_by_user")
_tools("wagtailcore.PageSubscription", "user")
_tools("wagtailcore.APIToken", "user")
_tools("wagtailadmin.EditingSession", "user")
_tools("wagtailadmin.FormState", "user")
_tools("wagtailusers.UserProfile", "user")
holding(
    "wagtailcore.ModelLogEntry",
    where=_logged,
    title=_("Changes of your account by staff"),
    purpose=_("To show later who did what"),
    ground=PROOF,
    period=ALWAYS,
    fields=("timestamp", "action"),
    on_erase=OnErase.ANONYMISE,
    blank={"label": "", "data": {}},
)
