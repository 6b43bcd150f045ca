"""Names of journal lines."""

PUBLISHED = "content.published"
UNPUBLISHED = "content.unpublished"
MOVED = "content.moved"
DELETED = "content.deleted"
CONTENT = (PUBLISHED, UNPUBLISHED, MOVED, DELETED)

TESTED = "api.webhook_tested"
DELIVERY_DUE = "api.delivery_due"
