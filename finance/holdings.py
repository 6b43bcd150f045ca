"""Personal data of this room: the books stay, without a name, as long as the law asks for them."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import LEGAL_DUTY, OnErase, holding

holding(
    "finance.Account",
    owner="user",
    title=_("Accounts that hold your money"),
    purpose=_("To keep the books of what you paid and what is yours"),
    ground=LEGAL_DUTY,
    period=_("ten years after the last posting"),
    fields=("get_kind_display", "currency", "balance"),
    on_erase=OnErase.KEEP,
)
