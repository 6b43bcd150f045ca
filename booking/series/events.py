"""Lines about courses."""

SAVED = "series.course_saved"
ENDED = "series.course_ended"
REST_CANCELLED = "series.rest_cancelled"
