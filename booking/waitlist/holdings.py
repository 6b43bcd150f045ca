"""Personal data on the waiting list."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, OnErase, holding

holding(
    "waitlist.Entry",
    owner="customer",
    title=_("Times you wait for"),
    purpose=_("To keep a time for you when it becomes free"),
    ground=CONTRACT,
    period=_("until the account is erased"),
    fields=("first", "last", "parts", "nights", "status", "made_at", "ended_at"),
    on_erase=OnErase.DELETE,
)
