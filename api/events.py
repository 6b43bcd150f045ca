"""Names of journal lines."""

PUBLISHED = "content.published"
UNPUBLISHED = "content.unpublished"
MOVED = "content.moved"
DELETED = "content.deleted"
CONTENT = (PUBLISHED, UNPUBLISHED, MOVED, DELETED)

PRODUCTS_CHANGED = "store.products_changed"
STOCK_CHANGED = "store.stock_changed"
STORE = (PRODUCTS_CHANGED, STOCK_CHANGED)

TESTED = "api.webhook_tested"
DELIVERY_DUE = "api.delivery_due"
