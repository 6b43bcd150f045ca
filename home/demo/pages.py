"""Home page and help centre in Turkish; the English ones are made from them (`translations`)."""

from __future__ import annotations

import datetime
import json
import uuid
from typing import Any

from wagtail.models import Locale, Page, Site

from accounts.models import User
from faq.models import CategoryPage, FaqIndexPage, QuestionPage, RelatedQuestion
from home.models import FeaturedQuestion, HomePage

from .answers import CATEGORIES
from .texts import Block, Words

NAMESPACE = uuid.UUID("6a0e4a8e-5f0c-4f0e-9d35-2d1c1f3c7a11")
REVIEW_DUE = datetime.date(2027, 2, 1)
FEATURED = ["iade", "sifre", "destek-suresi", "veri-guvenligi"]

HOME = {
    "tr": {
        "title": "Diji.vet",
        "seo_title": "Evcil hayvanının karnesi",
        "slug": "diji-vet",
        "summary": "Evcil hayvanının karnesi, alışverişi ve soruları tek yerde. Randevu, online danışmanlık, "
        "nakil ve mağaza açık; fon hazırlanıyor.",
        "hero_title": "Pamuk’un aşısı, Zeytin’in maması: hepsi tek karnede.",
        "professionals_title": "Kliniğin takvimi, kasası ve ekibi aynı masada",
        "professionals_text": "Ekibini davet et, hizmetlerini ve saatlerini yaz; takvimin dolsun. "
        "Herkes yalnızca kendi işini görür.",
        "search_description": "Diji.vet: evcil hayvanlar için randevu, online danışmanlık, nakil, mağaza ve yardım; "
        "fon modülü hazırlanıyor.",
    },
    "en": {
        "title": "Diji.vet in English",
        "seo_title": "The booklet of your pet",
        "slug": "diji-vet-en",
        "summary": "Your pet’s booklet, shopping and questions in one place. Appointments, online consultation, "
        "transfer and store are open; the fund is being prepared.",
        "hero_title": "Pamuk’s vaccine, Zeytin’s food: all in one booklet.",
        "professionals_title": "Calendar, till and team of your clinic at one table",
        "professionals_text": "Invite your team, write your services and hours, and let the calendar fill. "
        "Everyone sees only their own work.",
        "search_description": "Diji.vet: appointments, online consultation, transfer, store and help for pet owners; the "
        "fund is in preparation.",
    },
}
HELP = {
    "tr": {
        "title": "Yardım",
        "slug": "yardim",
        "summary": "Sorular konusuna göre ayrıldı; her yanıtın altında son güncelleme tarihi var.",
        "popular_searches": "iade süresi\nfatura indirme\nekip daveti\nşifre",
    },
    "en": {
        "title": "Help",
        "slug": "help",
        "summary": "Questions are sorted by topic; each answer carries the date of its last update.",
        "popular_searches": "refund time\ndownload invoice\ninvite team\npassword",
    },
}


def stream(key: str, blocks: list[Block]) -> str:
    """Blocks as Wagtail stores them. Their ids are stable, so translations find their place."""
    return json.dumps([_block(f"{key}/{place}", *block) for place, block in enumerate(blocks)])


def fields_of(key: str, words: Words) -> dict[str, Any]:
    fields = {
        "title": words.title,
        "slug": words.slug,
        "summary": words.summary,
        "body": stream(key, words.body),
    }
    if words.synonyms:
        fields |= {"synonyms": words.synonyms, "responsible": words.responsible}
    return fields


def is_loaded() -> bool:
    return HomePage.objects.exists()


def load(by: User) -> dict[str, Page]:
    """The Turkish tree. Returns its pages by key, parents first."""
    pages: dict[str, Page] = {}
    root = Page.get_first_root_node()
    pages["home"] = publish(root, HomePage(**HOME["tr"], locale=Locale.get_default()), by)
    _make_front_page(pages["home"])
    pages["help"] = publish(pages["home"], FaqIndexPage(**HELP["tr"]), by)
    for category in CATEGORIES:
        page = CategoryPage(**fields_of(category.key, category.tr), tone=category.tone, icon=category.icon)
        pages[category.key] = publish(pages["help"], page, by)
        for answer in category.answers:
            pages[answer.key] = publish(pages[category.key], _question(answer), by)
    _relate(pages)
    return pages


def _question(answer: Any) -> QuestionPage:
    return QuestionPage(
        **fields_of(answer.key, answer.tr),
        audiences=answer.audiences,
        claims=answer.claims,
        review_due=REVIEW_DUE,
    )


def publish(parent: Page, page: Any, by: User) -> Any:
    page.owner = by
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    return page


def _make_front_page(home: HomePage) -> None:
    """Wagtail's welcome page makes room."""
    site = Site.objects.get(is_default_site=True)
    welcome, site.root_page, site.site_name = site.root_page, home, "Diji.vet"
    site.save()
    if welcome.specific_class is Page and welcome.is_leaf():
        welcome.delete()


def _relate(pages: dict[str, Page]) -> None:
    answers = [answer for category in CATEGORIES for answer in category.answers]
    RelatedQuestion.objects.bulk_create(
        RelatedQuestion(page=pages[answer.key], question=pages[key], sort_order=place)
        for answer in answers
        for place, key in enumerate(answer.related)
    )
    FeaturedQuestion.objects.bulk_create(
        FeaturedQuestion(page=pages["home"], question=pages[key], sort_order=place)
        for place, key in enumerate(FEATURED)
    )


def _block(key: str, kind: str, value: Any) -> dict[str, Any]:
    if kind == "steps":
        value = [
            {"type": "item", "value": item, "id": _id(f"{key}/{place}")} for place, item in enumerate(value)
        ]
    return {"type": kind, "value": value, "id": _id(key)}


def _id(key: str) -> str:
    return str(uuid.uuid5(NAMESPACE, key))
