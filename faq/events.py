"""Names of journal lines."""

PUBLISHED = "faq.question_published"

# Written by the legal room.
CLAUSE_CHANGED = "legal.clause_changed"
SUGGESTED = "faq.question_suggested"
SUGGESTION_MOVED = "faq.suggestion_moved"
SUGGESTION_ANSWERED = "faq.suggestion_answered"  # data: suggestion, url, title, locale, mailed
