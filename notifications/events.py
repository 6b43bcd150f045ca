"""Names of journal lines."""

TOLD = "notifications.told"  # data: kind, key, people
RETRACTED = "notifications.retracted"
TELLING = "notifications.telling"  # one batch of an announcement; data: announcement, after
DELIVERY_MOVED = "notifications.delivery_moved"
CHOSEN = "notifications.preferences_chosen"

# Written by other rooms.
ANNOUNCED = "blog.announced"
ANNOUNCEMENT_RETRACTED = "blog.announcement_retracted"
SUGGESTION_ANSWERED = "faq.suggestion_answered"
NEW_DEVICE = "accounts.new_device"
