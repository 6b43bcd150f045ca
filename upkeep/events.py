"""Names of journal lines."""

DRAFTED = "upkeep.drafted"
EDITED = "upkeep.edited"  # a draft; nobody was told of it yet
DISCARDED = "upkeep.discarded"
ANNOUNCED = "upkeep.announced"
CHANGED = "upkeep.changed"  # after the announcement; data: what it was before
BEGUN = "upkeep.begun"
ENDED = "upkeep.ended"
CANCELLED = "upkeep.cancelled"
PROLONGED = "upkeep.prolonged"  # a planned window that takes longer; data: the unplanned one after it
UPDATED = "upkeep.updated"  # how it goes, in words
TOLD = "upkeep.told"  # everybody has heard of one thing; data: key, people
EXPORTED = "upkeep.receipts_exported"
