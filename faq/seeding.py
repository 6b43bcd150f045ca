"""Very many questions for trying the help centre out at scale: realistic words, written in bulk.

The tree's own way takes 30 ms for a page; here rows, tree paths and search entries are inserted by the
thousand. Everything made carries `MARK` in its slug, so it can be taken away again.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from core import text

from . import vocabulary
from .models import CategoryPage, FaqIndexPage, Icon, QuestionPage, Tone

MARK = "ornek-"
BATCH = 1000
CATEGORIES = 12
WORDS: dict[str, dict[str, list[str]]] = {
    "tr": {
        "topic": [
            "Beslenme",
            "Aşı ve korunma",
            "Tüy bakımı",
            "Yolculuk",
            "Davranış",
            "Kum ve tuvalet",
            "Yavru bakımı",
            "Yaşlı hayvan",
            "Ağız ve diş",
            "Kuşlar",
            "Akvaryum",
            "Kemirgenler",
        ],
        "who": [
            "kedim",
            "köpeğim",
            "yavru kedim",
            "yaşlı köpeğim",
            "muhabbet kuşum",
            "tavşanım",
            "hamsterım",
            "balıklarım",
            "kaplumbağam",
            "kanaryam",
            "gelinciğim",
            "iki kedim",
        ],
        "what": [
            "kuru mamayı yemiyor",
            "çok su içiyor",
            "geceleri miyavlıyor",
            "kumunu dağıtıyor",
            "tüy döküyor",
            "tasmasını çiğniyor",
            "aşıdan sonra uyuyor",
            "pire ilacını yaladı",
            "arabada kusuyor",
            "tırnağını kırdı",
            "diş etleri kanıyor",
            "yalnız kalınca havlıyor",
            "kilo alıyor",
            "kulağını kaşıyor",
            "yeni mamaya alışmıyor",
            "tüy yumağı çıkarıyor",
            "taşıma kutusuna girmiyor",
            "fırçalanmayı sevmiyor",
        ],
        "ask": [
            "ne yapmalıyım?",
            "normal mi?",
            "ne kadar sürer?",
            "ne zaman kliniğe gitmeliyim?",
            "hangi ürün uygun?",
            "evde nasıl bakarım?",
            "neye dikkat etmeliyim?",
            "ne sıklıkta tekrarlanır?",
        ],
        "short": [
            "Önce sakin bir yer hazırla ve bir gün izle.",
            "Tartıya göre ölç, birden değiştirme.",
            "Su kabını tazele, saatini not et.",
            "Belirti iki günden uzun sürerse hekime göster.",
            "Alışması bir hafta sürebilir; adım adım ilerle.",
        ],
    },
    "en": {
        "topic": [
            "Feeding",
            "Vaccines",
            "Grooming",
            "Travel",
            "Behaviour",
            "Litter",
            "Puppies and kittens",
            "Older pets",
            "Teeth",
            "Birds",
            "Aquarium",
            "Rodents",
        ],
        "who": [
            "my cat",
            "my dog",
            "my kitten",
            "my old dog",
            "my budgie",
            "my rabbit",
            "my hamster",
            "my fish",
            "my turtle",
            "my canary",
            "my ferret",
            "my two cats",
        ],
        "what": [
            "refuses dry food",
            "drinks a lot",
            "meows at night",
            "scatters litter",
            "sheds hair",
            "chews the leash",
            "sleeps after the vaccine",
            "licked the flea drops",
            "is sick in the car",
            "broke a claw",
            "has bleeding gums",
            "barks when alone",
            "gains weight",
            "scratches an ear",
            "brings up hairballs",
            "avoids the carrier",
            "dislikes brushing",
            "does not take new food",
        ],
        "ask": [
            "what should I do?",
            "is it normal?",
            "how long does it take?",
            "when should we see a vet?",
            "which product suits?",
            "how do I care at home?",
            "what should I watch?",
            "how often is it repeated?",
        ],
        "short": [
            "Prepare a quiet place and watch for a day.",
            "Measure by weight and change slowly.",
            "Renew the water and note the hour.",
            "If it lasts longer than two days, show it to a vet.",
            "Getting used to it may take a week.",
        ],
    },
}


@transaction.atomic
def seed(count: int, *, seed_number: int = 1) -> int:
    """`count` questions, shared out among the languages that have a help centre. Returns how many."""
    found = FaqIndexPage.objects.live().select_related("locale").order_by("path")
    indexes = [index for index in found if index.locale.language_code in WORDS]
    made = 0
    for place, index in enumerate(indexes):
        language = index.locale.language_code
        share = count // len(indexes) + (place < count % len(indexes))
        made += _fill(index, WORDS[language], share, random.Random(f"{seed_number} {language}"))  # noqa: S311
    _weigh()
    return made


@transaction.atomic
def remove() -> int:
    """Everything that was seeded, in a few statements. Editors' pages have no such slug."""
    shelves = CategoryPage.objects.filter(slug__startswith=MARK)
    paths = list(shelves.values_list("path", flat=True))
    pages = Page.objects.filter(pk__in=shelves.values("pk"))
    removed = 0
    for path in paths:
        under = Page.objects.filter(path__startswith=path, depth__gt=len(path) // Page.steplen)
        removed += _erase(list(under.values_list("pk", flat=True)))
    parents = {path[: -Page.steplen] for path in paths}
    _erase(list(pages.values_list("pk", flat=True)))
    for parent in Page.objects.filter(path__in=parents):
        Page.objects.filter(pk=parent.pk).update(numchild=parent.get_children().count())
    vocabulary.learn_anew()
    return removed


def _weigh() -> None:
    """PostgreSQL would plan for the small tables of before until its own round comes by."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE wagtailcore_page, faq_questionpage, faq_word, wagtailsearch_indexentry")


def _fill(index: FaqIndexPage, words: dict[str, list[str]], count: int, chance: random.Random) -> int:
    made = 0
    for place in range(CATEGORIES):
        share = count // CATEGORIES + (place < count % CATEGORIES)
        shelf = _shelf(index, words["topic"][place], place)
        made += _write(shelf, list(_questions(shelf, words, share, chance)))
    return made


def _shelf(index: FaqIndexPage, title: str, place: int) -> CategoryPage:
    shelf = CategoryPage(
        title=title,
        slug=f"{MARK}{text.slug(title)}",
        locale=index.locale,
        translation_key=uuid.uuid5(uuid.NAMESPACE_URL, f"shelf {place}"),
        tone=Tone.values[place % len(Tone.values)],
        icon=Icon.values[place % len(Icon.values)],
        first_published_at=timezone.now(),
        last_published_at=timezone.now(),
    )
    index.refresh_from_db()
    return index.add_child(instance=shelf)


def _questions(
    shelf: CategoryPage, words: dict[str, list[str]], count: int, chance: random.Random
) -> Iterator[QuestionPage]:
    now, kind = timezone.now(), ContentType.objects.get_for_model(QuestionPage)
    for number in range(1, count + 1):
        title = " ".join(chance.choice(words[part]) for part in ("who", "what", "ask"))
        slug = f"{MARK}{text.slug(title)[:150]}-{shelf.pk}-{number}"
        summary = " ".join(chance.sample(words["short"], 2))
        yield QuestionPage(
            title=title[:1].upper() + title[1:],
            draft_title=title,
            slug=slug,
            summary=summary,
            body=[("text", f"<p>{' '.join(chance.sample(words['short'], 3))}</p>")],
            synonyms=chance.choice(words["topic"]).lower(),
            url_path=f"{shelf.url_path}{slug}/",
            path=QuestionPage._get_path(shelf.path, shelf.depth + 1, number),
            depth=shelf.depth + 1,
            locale=shelf.locale,
            content_type=kind,
            live=True,
            first_published_at=now,
            last_published_at=now,
        )


def _write(shelf: CategoryPage, pages: list[QuestionPage]) -> int:
    for start in range(0, len(pages), BATCH):
        _insert(pages[start : start + BATCH])
    Page.objects.filter(pk=shelf.pk).update(numchild=F("numchild") + len(pages))
    return len(pages)


def _insert(pages: list[QuestionPage]) -> None:
    rows = Page.objects.bulk_create(_row(Page, page, skip={"id"}) for page in pages)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = row.pk
    _insert_local(pages)
    get_search_backend().get_index_for_model(QuestionPage).add_items(QuestionPage, pages)
    vocabulary.learn(pages)


def _insert_local(pages: list[QuestionPage]) -> None:
    """The part of a question that other pages do not have; Django's bulk_create stops at inherited tables."""
    fields = QuestionPage._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    rows = [
        [field.get_db_prep_save(field.pre_save(page, True), connection) for field in fields] for page in pages
    ]
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(QuestionPage._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608


def _row(model: Any, page: Any, *, skip: set[str]) -> Any:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in skip]
    return model(**{name: getattr(page, name) for name in names})


def _erase(keys: list[int]) -> int:
    """Rows of seeded pages and their search entries; nothing else points at them but readers' rows."""
    from wagtail.models import ReferenceIndex
    from wagtail.search.models import IndexEntry

    from .models import Feedback, Suggestion, Tally

    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        IndexEntry.objects.filter(object_id__in=[str(key) for key in some]).filter(
            content_type__model__in=["questionpage", "categorypage"], content_type__app_label="faq"
        ).delete()
        ReferenceIndex.objects.filter(object_id__in=[str(key) for key in some]).delete()
        for model in (Feedback, Tally):
            model.objects.filter(page__in=some).delete()
        Suggestion.objects.filter(source__in=some).update(source=None)
        Suggestion.objects.filter(question__in=some).update(question=None)
        for model in (QuestionPage, CategoryPage):
            model.objects.filter(pk__in=some)._raw_delete("default")
        Page.objects.filter(pk__in=some)._raw_delete("default")
    return len(keys)
