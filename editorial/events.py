"""Names of journal lines; each is also an entry in the page's own history (`editorial.history`)."""

REVIEW_ASKED = "editorial.review_asked"
REVIEW_ANSWERED = "editorial.review_answered"
REVIEW_REVOKED = "editorial.review_revoked"
PUBLICATION_HELD = "editorial.publication_held"
PUBLISHED_DESPITE = "editorial.published_despite"
STAND_IN_NAMED = "editorial.stand_in_named"
