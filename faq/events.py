"""Names of journal lines."""

PUBLISHED = "faq.question_published"
SUGGESTED = "faq.question_suggested"
SUGGESTION_MOVED = "faq.suggestion_moved"
SUGGESTION_ANSWERED = "faq.suggestion_answered"  # data: suggestion, url, title, locale
