"""Rows of the help centre: its pages, and what comes back from their readers."""

from .pages import (
    ASK_SLUG,
    SEARCH_SLUG,
    VOTE_SLUG,
    Audience,
    CategoryPage,
    FaqIndexPage,
    Icon,
    QuestionPage,
    RelatedQuestion,
    ReviewNote,
    Tone,
)
from .readers import Feedback, Reason, SearchLog, Suggestion, Tally
from .words import IndexedQuestion, Word

__all__ = [
    "ASK_SLUG",
    "SEARCH_SLUG",
    "VOTE_SLUG",
    "Audience",
    "CategoryPage",
    "FaqIndexPage",
    "Feedback",
    "Icon",
    "IndexedQuestion",
    "QuestionPage",
    "Reason",
    "RelatedQuestion",
    "ReviewNote",
    "SearchLog",
    "Suggestion",
    "Tally",
    "Tone",
    "Word",
]
