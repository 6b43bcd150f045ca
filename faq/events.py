"""Names of journal lines."""

PUBLISHED = "faq.question_published"
