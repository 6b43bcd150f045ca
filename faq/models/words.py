"""What search reads: the index entry of each question, and every word that titles and synonyms use."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from .pages import QuestionPage


class IndexedQuestion(models.Model):
    """Wagtail's index entry of a question, joined by number: a view (migration 0004).

    The entry itself names its object by text, so PostgreSQL could not walk from a hit to its page without
    reading every page.
    """

    page = models.OneToOneField(QuestionPage, models.DO_NOTHING, primary_key=True, related_name="indexed")
    autocomplete = SearchVectorField()
    title = SearchVectorField()
    body = SearchVectorField()

    class Meta:
        managed = False
        db_table = "faq_indexedquestion"

    def __str__(self) -> str:
        return str(self.page_id)


class Word(models.Model):
    """A word of a language as questions spell it, once. It stays when its question goes: whoever suggests
    a word looks whether a public question still has it."""

    language = models.CharField(max_length=12)
    spelling = models.CharField(max_length=100)
    plain = models.CharField(max_length=100)  # folded

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "spelling"], name="word_is_spelled_once"),
        ]
        indexes = [
            # New words are rare; a list of pending ones would have to be read with each suggestion.
            GinIndex(fields=["plain"], opclasses=["gin_trgm_ops"], fastupdate=False, name="word_by_trigrams")
        ]

    def __str__(self) -> str:
        return self.spelling
