"""Personal data in bookings."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, LEGAL_DUTY, OnErase, holding

holding(
    "booking.Booking",
    owner="customer",
    title=_("Your appointments"),
    purpose=_("To keep a time for you and to count what was paid for it"),
    ground=LEGAL_DUTY,
    period=_("ten years after the year of the appointment"),
    fields=("number", "title", "starts_at", "ends_at", "status", "price", "paid", "refunded", "note"),
    on_erase=OnErase.KEEP,
)
holding(
    "booking.CalendarLink",
    owner="user",
    title=_("The private address of your calendar"),
    purpose=_("To show your appointments in your own calendar"),
    ground=CONTRACT,
    period=_("until the account is erased"),
    on_erase=OnErase.DELETE,
)
