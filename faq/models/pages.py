"""The help centre: an index of categories of questions.

With Wagtail a page is also its own door (`get_context`), so pages call this room's queries, which
stand above the models: hence the imports inside methods.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core import proofs
from core.api_fields import MomentField
from core.audiences import Audience
from core.fields import ChoicesField
from core.pages import ContentPage

from .. import api_fields as api
from ..panels import ReviewNotesPanel

SEARCH_SLUG, VOTE_SLUG, ASK_SLUG = "ara", "oy", "soru"
OWN_SLUGS = {SEARCH_SLUG, VOTE_SLUG, ASK_SLUG}  # addresses of our own views beside the pages


class Tone(models.TextChoices):
    """The colour of the folder; the words on its tab say the category."""

    VISIT = "visit", _("Almond")
    CONSULT = "consult", _("Sky")
    TRANSFER = "transfer", _("Quince")
    FUND = "fund", _("Rose")
    STORE = "store", _("Apricot")


class Icon(models.TextChoices):
    """The part of the icon set that suits a category."""

    BOOK = "book-open", _("Book")
    PERSON = "user-cog", _("Person")
    CARD = "credit-card", _("Card")
    SHIELD = "shield-check", _("Shield")


class FaqIndexPage(ContentPage):
    popular_searches = models.TextField(
        _("popular searches"), blank=True, help_text=_("One a line, as people would type it.")
    )

    cache_tags = (proofs.SHOWN,)
    lists_below = True
    content_panels = [*ContentPage.content_panels, FieldPanel("popular_searches")]
    api_fields = [*ContentPage.api_fields, APIField("popular_searches")]
    subpage_types = ["faq.CategoryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("help centre")

    @property
    def popular(self) -> list[str]:
        return [line.strip() for line in self.popular_searches.splitlines() if line.strip()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .. import forms, queries, search_log

        audience = queries.known_audience(request.GET.get("audience"))
        sections = queries.sections(self, audience)
        return super().get_context(request, *args, **kwargs) | {
            "sections": sections,
            "listed_questions": [page for section in sections for page in section.questions],
            "audience": audience,
            "audiences": Audience.choices,
            "popular": self.popular or search_log.popular(self.locale.language_code),
            "question_form": forms.blank_question(),
        }


class CategoryPage(ContentPage):
    tone = models.CharField(_("colour"), max_length=10, choices=Tone.choices, default=Tone.VISIT)
    icon = models.CharField(_("icon"), max_length=20, choices=Icon.choices, default=Icon.BOOK)

    cache_tags = (proofs.SHOWN,)
    lists_below = True
    content_panels = [*ContentPage.content_panels, FieldPanel("tone"), FieldPanel("icon")]
    api_fields = [*ContentPage.api_fields, APIField("tone"), APIField("icon")]
    override_translatable_fields = [
        SynchronizedField("tone", overridable=False),
        SynchronizedField("icon", overridable=False),
    ]
    parent_page_types = ["faq.FaqIndexPage"]
    subpage_types = ["faq.QuestionPage"]

    class Meta:
        verbose_name = _("question category")

    def clean(self) -> None:
        super().clean()
        if self.slug in OWN_SLUGS:
            raise ValidationError({"slug": _("This address is taken by the help centre itself.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .. import queries

        shown = Paginator(queries.section(self), queries.PAGE_SIZE).get_page(request.GET.get("page"))
        questions = queries.sealed(shown)
        return super().get_context(request, *args, **kwargs) | {
            "trail": queries.trail(self),
            "section": queries.Section(self, questions, shown.paginator.count),
            "page_obj": shown,
        }


class QuestionPage(ContentPage):
    """A question with its answer. `summary` is the short answer, `body` the whole one."""

    audiences = ChoicesField(
        models.CharField(max_length=10, choices=Audience.choices),
        verbose_name=_("for whom"),
        default=list,
        blank=True,
        help_text=_("Nobody chosen means: for everyone."),
    )
    synonyms = models.TextField(
        _("also found by"), blank=True, help_text=_("Words people search for that the answer does not use.")
    )
    responsible = models.CharField(
        _("responsible"), max_length=80, blank=True, help_text=_("A team or person.")
    )
    review_due = models.DateField(_("next review"), null=True, blank=True)
    claims = ChoicesField(
        models.CharField(max_length=80, choices=proofs.choices),
        verbose_name=_("proofs"),
        default=list,
        blank=True,
        help_text=_("What the running system must show for this answer to be true."),
    )

    cache_tags = (proofs.SHOWN,)
    content_panels = [
        ReviewNotesPanel(),
        *ContentPage.content_panels,
        FieldPanel("audiences"),
        FieldPanel("synonyms"),
        InlinePanel("related_links", label=_("Related question"), max_num=4),
    ]
    truth_panels = [FieldPanel("responsible"), FieldPanel("review_due"), FieldPanel("claims")]
    promote_panels = [
        *ContentPage.promote_panels,
        MultiFieldPanel(truth_panels, heading=_("Truth of the answer")),
    ]
    api_fields = [
        *ContentPage.api_fields,
        APIField("audiences"),
        APIField("category", serializer=api.CategoryField()),
        APIField("related", serializer=api.RelatedField()),
        APIField("claims"),
        APIField("updated_at", serializer=MomentField(source="last_published_at")),
        APIField("review_due"),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("synonyms")]
    override_translatable_fields = [
        SynchronizedField("audiences", overridable=False),
        SynchronizedField("review_due", overridable=False),
        SynchronizedField("claims", overridable=False),
        SynchronizedField("related_links", overridable=False),
    ]
    parent_page_types = ["faq.CategoryPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("question")

    def extra_search_text(self) -> list[str]:
        return [self.synonyms]

    @cached_property
    def category(self) -> CategoryPage:
        """Lists that show many questions set this beforehand."""
        return CategoryPage.objects.parent_of(self).select_related("locale").get()

    @cached_property
    def related(self) -> list[QuestionPage]:
        from .. import queries

        return queries.related(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .. import forms, queries

        return super().get_context(request, *args, **kwargs) | {
            "trail": queries.trail(self),
            "asked": queries.asked(self),
            "og_type": "article",
            "question_form": forms.blank_question(source=self),
            "results": queries.named_results(self.claims),
            "seal": queries.seals([self]).get(self.pk),
        }


class RelatedQuestion(Orderable):
    """Kept in the source language; pages show the translation in their own (see `queries.related`)."""

    page = ParentalKey(QuestionPage, on_delete=models.CASCADE, related_name="related_links")
    question = models.ForeignKey(QuestionPage, models.CASCADE, related_name="+", verbose_name=_("question"))

    panels = [PageChooserPanel("question")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "question"], name="question_is_related_once"),
        ]


class ReviewNote(models.Model):
    """Why an answer has to be looked at again: a clause that it quotes reads differently now."""

    page = models.ForeignKey(QuestionPage, models.CASCADE, related_name="review_notes")
    reason = models.CharField(_("reason"), max_length=200)
    url = models.CharField(max_length=500, blank=True)
    old = models.TextField(_("before"), blank=True)
    new = models.TextField(_("now"), blank=True)
    at = models.DateTimeField(_("when"))
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("review note")
        verbose_name_plural = _("review notes")
        ordering = ["-at"]
        indexes = [models.Index(fields=["page"], condition=models.Q(done_at=None), name="review_note_open")]

    def __str__(self) -> str:
        return self.reason
