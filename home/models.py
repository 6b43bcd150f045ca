"""The home page: the hero, the modules, the proofs and the questions an editor has picked."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField

from blog import models as blog
from core import proofs
from core.pages import ContentPage
from faq.models import QuestionPage

from . import modules


class HomePage(blog.HoldsAnnouncements, ContentPage):
    """`summary` stands under the hero's title; `body` may hold more sections below the questions."""

    hero_title = models.CharField(_("hero title"), max_length=120)
    professionals_title = models.CharField(_("title for professionals"), max_length=120, blank=True)
    professionals_text = models.TextField(_("text for professionals"), blank=True)

    cache_tags = (proofs.SHOWN, blog.SHOWN)
    content_panels = [
        *ContentPage.content_panels,
        FieldPanel("hero_title"),
        InlinePanel("featured_questions", label=_("Question"), max_num=6),
        MultiFieldPanel(
            [FieldPanel("professionals_title"), FieldPanel("professionals_text")],
            heading=_("For professionals"),
        ),
    ]
    api_fields = [
        *ContentPage.api_fields,
        APIField("hero_title"),
        APIField("professionals_title"),
        APIField("professionals_text"),
    ]
    override_translatable_fields = [SynchronizedField("featured_questions", overridable=False)]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["blog.BlogIndexPage", "faq.FaqIndexPage", "legal.LegalIndexPage"]

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Straight to the page of that address, where there is one. Wagtail reads each page on the way twice;
        it still finds what only a page itself knows, such as a version of a legal text."""
        if path_components:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            found = (
                Page.objects.descendant_of(self).filter(slug=path_components[-1], url_path=address).first()
            )
            if found:
                return found.specific.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from blog import queries as blog
        from faq import queries as faq

        from . import queries

        return super().get_context(request, *args, **kwargs) | {
            "announcement": blog.news(self.locale.language_code, timezone.now()),
            "modules": modules.ALL,
            "proofs": faq.named_results(),
            "questions": queries.featured_questions(self),
            "help_centre": queries.help_centre(self),
        }


class FeaturedQuestion(Orderable):
    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_questions")
    question = models.ForeignKey(QuestionPage, models.CASCADE, related_name="+", verbose_name=_("question"))

    panels = [PageChooserPanel("question")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "question"], name="question_is_featured_once"),
        ]


@register_setting(icon="mail")
class ContactDetails(BaseSiteSetting):
    """Who we are and how we are reached: in the footer of every page and for front ends."""

    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("phone"),
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"^\+?[0-9 ()/-]+$", _("Only digits, spaces and + ( ) / - are allowed."))],
    )
    address = models.TextField(_("address"), blank=True, max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = _("contact details")

    def __str__(self) -> str:
        return self.legal_name or str(self._meta.verbose_name)

    @property
    def phone_digits(self) -> str:
        """As `tel:` wants it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
