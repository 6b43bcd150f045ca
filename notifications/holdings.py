"""Personal data of notices."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, OnErase, holding

WITH_ACCOUNT = _("until the account is erased")

holding(
    "notifications.Notice",
    owner="recipient",
    title=_("Your notices"),
    purpose=_("To tell you what concerns you"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("at", "kind", "key", "data", "read_at"),
    on_erase=OnErase.DELETE,
)
holding(
    "notifications.Digest",
    owner="recipient",
    title=_("Your daily digests"),
    purpose=_("To send each of them once"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    on_erase=OnErase.DELETE,
)
holding(
    "notifications.Preference",
    owner="user",
    title=_("Your wishes for notices"),
    purpose=_("To tell you what you want to hear, where you want to hear it"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("category", "channel", "mode"),
    on_erase=OnErase.DELETE,
)
holding(
    "notifications.Habits",
    owner="user",
    title=_("Your quiet hours"),
    purpose=_("To leave you in peace at night"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("is_quiet", "quiet_from", "quiet_until", "digest_hour"),
    on_erase=OnErase.DELETE,
)
