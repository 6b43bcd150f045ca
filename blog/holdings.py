"""Personal data in the blog: who signs an article."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import LEGITIMATE, OnErase, holding

holding(
    "blog.Author",
    owner="user",
    title=_("Your name under articles"),
    purpose=_("Readers see who wrote"),
    ground=LEGITIMATE,
    period=_("as long as the article is published; written to us, it goes at once"),
    fields=("name", "role"),
    on_erase=OnErase.KEEP,
)
holding(
    "blog.Announcement",
    owner="retracted_by",
    title=_("Announcements you took back"),
    purpose=_("To know who did it"),
    ground=LEGITIMATE,
    period=_("for good; after erasure it points at an account without a name"),
    on_erase=OnErase.LINK,
)
