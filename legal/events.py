"""Names of journal lines."""

PUBLISHED = "legal.version_published"
EFFECTIVE = "legal.version_effective"
SUPERSEDED = "legal.version_superseded"
CLAUSE_CHANGED = "legal.clause_changed"
ACCEPTED = "legal.accepted"
NOTICE_READ = "legal.notice_read"

# Written by the blog.
ANNOUNCED = "blog.announced"
RETRACTED = "blog.announcement_retracted"
