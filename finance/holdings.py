"""Personal data of this room: the books stay, without a name, as long as the law asks for them."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, LEGAL_DUTY, OnErase, holding

from .documents import bundles

holding(
    "finance.Account",
    owner="user",
    title=_("Accounts that hold your money"),
    purpose=_("To keep the books of what you paid and what is yours"),
    ground=LEGAL_DUTY,
    period=_("ten years after the last posting"),
    fields=("kind", "currency", "balance"),
    on_erase=OnErase.KEEP,
)
holding(
    "finance.Document",
    owner="user",
    title=_("Your documents"),
    purpose=_("To give you invoice and receipt of what you paid, and to answer the tax office"),
    ground=LEGAL_DUTY,
    period=_("ten years after they were issued, with the name that stands on them"),
    fields=("number", "kind", "issued_on", "subject", "gross", "vat"),
    on_erase=OnErase.KEEP,
)
holding(
    "finance.DocumentMails",
    owner="user",
    title=_("Documents by e-mail"),
    purpose=_("To send you each new document, since you asked for it"),
    ground=CONTRACT,
    period=_("until you switch it off or the account is erased"),
    fields=("since",),
    on_erase=OnErase.DELETE,
)
holding(
    "finance.DocumentMailed",
    owner="user",
    title=_("Documents that were mailed to you"),
    purpose=_("To send each one once"),
    ground=CONTRACT,
    period=_("until the account is erased"),
    fields=("document__number", "at"),
    on_erase=OnErase.DELETE,
)
holding(
    "finance.Bundle",
    owner="asked_by",
    title=_("Files of many documents that you asked for"),
    purpose=_("To hand them to you"),
    ground=CONTRACT,
    period=_("seven days"),
    fields=("name", "asked_at", "expires_at"),
    on_erase=OnErase.DELETE,
    before_delete=bundles.forget,
)
