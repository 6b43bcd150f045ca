"""Legal documents: pages that editors write, and versions that nobody can change.

With Wagtail a page is also its own door (`get_context`, routes), so pages call this room's queries and
services, which stand above the models: hence the imports inside methods.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from core.pages import ContentPage
from core.response_cache import pages as kept

from . import api_fields as api
from . import texts
from .blocks import ClausesBlock
from .forms import DocumentForm
from .states import Status

SHOWN = "legal"  # the tag of kept answers that show the change log
ACCEPT_SLUG = "onay"
COOKIES_SLUG = "cerez-tercihleri"


class Mode(models.TextChoices):
    """How people learn of a new version."""

    PUBLISH = "publish", _("Published only")
    NOTIFY = "notify", _("People are told")
    EXPLICIT = "explicit", _("People have to accept it")


class Kind(models.TextChoices):
    NOTICE = "notice", _("Information notice")
    POLICY = "policy", _("Policy")
    CONTRACT = "contract", _("Contract")
    FORM = "form", _("Form")


class Channel(models.TextChoices):
    WEB = "web", _("Website")
    API = "api", _("API")
    STAFF = "staff", _("Staff")


class LegalIndexPage(ContentPage):
    cache_tags = (SHOWN,)
    subpage_types = ["legal.DocumentPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("legal section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from . import queries

        documents = queries.documents(self)
        return super().get_context(request, *args, **kwargs) | {
            "documents": documents,
            "changes": queries.changes(self, documents),
        }


class DocumentPage(RoutablePageMixin, ContentPage):
    """Where editors write. Readers get the version in force (`Version`), never these fields."""

    key = models.SlugField(
        _("key"),
        max_length=40,
        help_text=_("Names the document for the system. The same in all languages; never changes."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.POLICY)
    mode = models.CharField(_("a new version is"), max_length=10, choices=Mode.choices, default=Mode.NOTIFY)
    clauses = StreamField(ClausesBlock(), verbose_name=_("clauses"))
    effective_from = models.DateField(
        _("in force from"),
        null=True,
        blank=True,
        help_text=_("For the next version. Empty: on the day it is published."),
    )
    changes = models.TextField(
        _("what changes"),
        blank=True,
        max_length=300,
        help_text=_("One or two sentences for readers; stands beside the new version."),
    )

    content_panels = [
        *ContentPage.content_panels[:-1],
        MultiFieldPanel([FieldPanel("effective_from"), FieldPanel("changes")], heading=_("The next version")),
        FieldPanel("clauses"),
        FieldPanel("body", heading=_("Around the text"), help_text=_("Not part of the document.")),
        MultiFieldPanel(
            [FieldPanel("key"), FieldPanel("kind"), FieldPanel("mode")], heading=_("The document")
        ),
    ]
    api_fields = [
        *ContentPage.api_fields,
        APIField("key"),
        APIField("kind"),
        APIField("mode"),
        APIField("version", serializer=api.VersionField()),
        APIField("coming", serializer=api.VersionField()),
        APIField("versions", serializer=api.HistoryField(source="history")),
    ]
    base_form_class = DocumentForm
    override_translatable_fields = [
        SynchronizedField("key", overridable=False),
        SynchronizedField("kind", overridable=False),
        SynchronizedField("mode", overridable=False),
        SynchronizedField("effective_from", overridable=False),
    ]
    parent_page_types = ["legal.LegalIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("legal document")

    def clean(self) -> None:
        super().clean()
        if self.slug in (ACCEPT_SLUG, COOKIES_SLUG):
            raise ValidationError({"slug": _("This address belongs to another page.")})

    def key_is_taken(self, key: str) -> bool:
        others = DocumentPage.objects.filter(key=key).exclude(translation_key=self.translation_key)
        return others.exists()

    def key_is_fixed(self, key: str) -> bool:
        published = Version.objects.filter(translation_key=self.translation_key).exclude(document=key)
        return published.exists()

    def is_new_text(self, *, title: str, clauses: Any) -> bool:
        """Would this say something else than the latest version?"""
        latest = self.versions.order_by("-number").first()
        return latest is None or latest.sha256 != texts.fingerprint(title, texts.read(clauses))

    def extra_search_text(self) -> list[str]:
        return [f"{text.heading} {texts.plain(text.html)}" for text in self.written]

    @property
    def written(self) -> list[texts.Text]:
        return texts.read(self.clauses)

    @property
    def fingerprint(self) -> str:
        return texts.fingerprint(self.title, self.written)

    @property
    def versions(self) -> models.QuerySet[Version]:
        return Version.objects.filter(document=self.key, locale=self.locale.language_code)

    @cached_property
    def history(self) -> list[Version]:
        """All versions, the newest first. Lists that show many documents set this beforehand."""
        return list(self.versions.order_by("-number"))

    @property
    def version(self) -> Version | None:
        return next((one for one in self.history if one.status == Status.EFFECTIVE), None)

    @property
    def coming(self) -> Version | None:
        """The next version that has been announced."""
        waiting = [one for one in self.history if one.status == Status.SCHEDULED]
        return min(waiting, key=lambda one: (one.effective_from, -one.number), default=None)

    # --- Doors --------------------------------------------------------------------------------

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept.shows(self)  # each route is a view of its own
        return super().serve(request, *args, **kwargs)

    @path("")
    def show(self, request: HttpRequest) -> HttpResponse:
        from . import reading

        return self.render(request, context_overrides=reading.current(self))

    @path("v<int:number>/")
    def show_version(self, request: HttpRequest, number: int) -> HttpResponse:
        from . import reading

        return self._render_found(request, reading.one(self, number), "legal/document_page.html")

    @path("fark/")
    def show_difference(self, request: HttpRequest) -> HttpResponse:
        from . import reading

        found = reading.comparison(self, request.GET.get("a"), request.GET.get("b"))
        return self._render_found(request, found, "legal/difference.html")

    def _render_found(self, request: HttpRequest, found: dict | None, template: str) -> HttpResponse:
        if found is None:
            raise Http404
        return self.render(request, context_overrides=found, template=template)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Editors see their draft as if it were published today."""
        from . import reading

        request.is_preview = True
        return self.render(request, context_overrides=reading.draft(self))


class Version(models.Model):
    """What was published once. Only its status moves (`states.MOVES`); the database refuses the rest."""

    document = models.SlugField(_("document"), max_length=40)
    translation_key = models.UUIDField()
    locale = models.CharField(_("language"), max_length=10)
    number = models.PositiveIntegerField(_("number"))
    translated_number = models.PositiveIntegerField(
        _("translates"), null=True, help_text=_("The number of the binding version.")
    )
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("what changes"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices)
    effective_from = models.DateField(_("in force from"))
    published_at = models.DateTimeField(_("published"))
    clauses_total = models.PositiveIntegerField()
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.SCHEDULED)
    superseded_on = models.DateField(_("in force until"), null=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["document", "locale", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "locale", "number"], name="version_number_is_unique"),
            models.UniqueConstraint(
                fields=["document", "locale"],
                condition=Q(status=Status.EFFECTIVE),
                name="one_version_is_in_force",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_begin_at_one"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="version_status_is_known"),
            models.CheckConstraint(
                condition=Q(superseded_on=None) | Q(status=Status.SUPERSEDED),
                name="only_a_replaced_version_has_an_end",
            ),
        ]
        indexes = [
            models.Index(F("effective_from"), condition=Q(status=Status.SCHEDULED), name="version_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.number} ({self.locale})"

    @property
    def path(self) -> str:
        """Its own address below the document's."""
        return f"v{self.number}/"

    @property
    def short_sha(self) -> str:
        return f"{self.sha256[:4]}…{self.sha256[-4:]}"

    @property
    def was_in_force(self) -> bool:
        """False for a version that a newer one overtook before its day."""
        return self.status != Status.SUPERSEDED or bool(
            self.superseded_on and self.superseded_on > self.effective_from
        )

    @property
    def last_day(self) -> datetime.date | None:
        return self.superseded_on - datetime.timedelta(days=1) if self.superseded_on else None

    @property
    def is_binding(self) -> bool:
        return self.locale == settings.LANGUAGE_CODE


class Clause(models.Model):
    version = models.ForeignKey(Version, models.PROTECT, related_name="clauses")
    key = models.SlugField(_("address"), max_length=40)
    order = models.PositiveIntegerField()
    heading = models.CharField(_("heading"), max_length=120)
    html = models.TextField(_("official text"))
    brief = models.CharField(_("in short"), max_length=240, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="clause_address_is_unique"),
            models.UniqueConstraint(fields=["version", "order"], name="clause_place_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}#{self.key}"

    @property
    def text(self) -> str:
        return texts.plain(self.html)


class Evidence(models.Model):
    """Who, which version, where and when. Rows are added, never changed, never deleted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("version"))
    context = models.CharField(_("where"), max_length=80)
    at = models.DateTimeField(_("when"))
    ip = models.GenericIPAddressField(_("address"), null=True)
    locale = models.CharField(_("language"), max_length=10)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.user_id}: {self.version_id} ({self.context})"


class Acceptance(Evidence):
    """A contract was accepted, one at a time. Neither a consent nor a notice that was read."""

    class Meta(Evidence.Meta):
        abstract = False
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = [
            models.UniqueConstraint(fields=["user", "version", "context"], name="acceptance_is_given_once"),
        ]


class NoticeRead(Evidence):
    """An information notice was shown before or while data was collected."""

    class Meta(Evidence.Meta):
        abstract = False
        verbose_name = _("notice shown")
        verbose_name_plural = _("notices shown")
        constraints = [
            models.UniqueConstraint(fields=["user", "version", "context"], name="notice_is_noted_once"),
        ]


class Announcement(models.Model):
    """An official announcement of the blog, as the legal section lists it."""

    translation_key = models.UUIDField()
    locale = models.CharField(max_length=10)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("official announcement")
        verbose_name_plural = _("official announcements")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="announcement_is_listed_once"),
        ]

    def __str__(self) -> str:
        return self.title
