"""Names of journal lines."""

ANNOUNCED = "blog.announced"
RETRACTED = "blog.announcement_retracted"
VERSION_PUBLISHED = "legal.version_published"  # written by another room; we only listen
