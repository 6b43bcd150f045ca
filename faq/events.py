"""Names of journal lines."""

PUBLISHED = "faq.question_published"

# Written by the legal room.
CLAUSE_CHANGED = "legal.clause_changed"
