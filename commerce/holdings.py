"""Personal data in the store. Oscar's own models are declared here, also those that are never filled."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, LEGAL_DUTY, LEGITIMATE, PROOF, OnErase, holding

from . import after_holdings  # noqa: F401  (it declares itself)

WITH_ACCOUNT = _("until the account is erased")
TITLE = _("Your shopping")


def _store(model: str, owner: str, *fields: str, **facts: Any) -> None:
    defaults = {
        "title": TITLE,
        "purpose": _("To sell and deliver"),
        "ground": CONTRACT,
        "period": WITH_ACCOUNT,
        "on_erase": OnErase.DELETE,
    }
    holding(model, owner=owner, fields=fields, **{**defaults, **facts})


_store("basket.Basket", "owner", "status", "date_created", title=_("Your baskets"))
_store(
    "address.UserAddress",
    "user",
    "line1",
    "line4",
    "postcode",
    "phone_number",
    title=_("Addresses in the store"),
)
_store("wishlists.WishList", "owner", "name", "date_created", title=_("Your wish lists"))
_store("customer.ProductAlert", "user", "product", "date_created", title=_("Stock alerts"))
_store("communication.Email", "user", "subject", "date_sent", title=_("Mails of the store"))
_store(
    "communication.Notification",
    "recipient",
    "subject",
    "date_sent",
    covers=("sender",),
    title=_("Notices of the store"),
)
_store("payment.Bankcard", "user", title=_("Cards (never stored here)"))
_store("analytics.UserRecord", "user", "num_product_views", "num_orders", title=_("Counts of your shopping"))
_store("analytics.UserProductView", "user", "product", "date_created", title=_("Goods you looked at"))
_store("analytics.UserSearch", "user", "query", "date_created", title=_("What you searched for in the store"))
_store("voucher.VoucherApplication", "user", "voucher", "date_created", on_erase=OnErase.LINK)
_store(
    "reviews.ProductReview",
    "user",
    "title",
    "body",
    "score",
    title=_("Your reviews"),
    period=_("as long as the product is sold; after erasure without a name"),
    covers=("checked_by", "answered_by"),
    on_erase=OnErase.ANONYMISE,
    blank={"name": "", "email": ""},
)
_store("reviews.Vote", "user", "delta", on_erase=OnErase.DELETE)
_store(
    "order.Order",
    "user",
    "number",
    "date_placed",
    "total_incl_tax",
    "guest_name",
    "phone",
    "invoice_to",
    title=_("Your orders"),
    ground=LEGAL_DUTY,
    period=_("ten years after the year of the order"),
    on_erase=OnErase.KEEP,
)
_store(
    "order.OrderNote", "user", "date_created", "message", title=_("Notes on orders"), on_erase=OnErase.LINK
)
_store(
    "order.ShippingAddress",
    "",
    "first_name",
    "last_name",
    "line1",
    "line4",
    "state",
    "postcode",
    "phone_number",
    where=lambda user: Q(order__user=user.pk),
    title=_("Addresses of your orders"),
    ground=LEGAL_DUTY,
    period=_("ten years after the year of the order"),
    on_erase=OnErase.KEEP,
)
_store(
    "commerce.Contract",
    "",
    "facts",
    "informed_at",
    "agreed_at",
    "ip",
    where=lambda user: Q(parcel__order__user=user.pk),
    title=_("Contracts of your orders"),
    purpose=_("To prove what you were told and agreed to"),
    ground=PROOF,
    period=_("ten years after the year of the order"),
    on_erase=OnErase.KEEP,
)
_store("partner.Partner", "users", title=_("Seller you work for"), ground=LEGITIMATE, on_erase=OnErase.LINK)
_store("offer.RangeProductFileUpload", "uploaded_by", ground=LEGITIMATE, on_erase=OnErase.LINK)
for _model, _owner, _title in (
    ("commerce.PriceChange", "by", _("Prices you set")),
    ("commerce.StockChange", "by", _("Stock you corrected")),
):
    _store(
        _model,
        _owner,
        "at",
        title=_title,
        purpose=_("To show later who set a price"),
        ground=LEGAL_DUTY,
        period=_("for good; after erasure it points at an account without a name"),
        on_erase=OnErase.LINK,
    )
_store("commerce.Hold", "decided_by", ground=LEGITIMATE, on_erase=OnErase.LINK)
_store(
    "commerce.Import",
    "asked_by",
    "name",
    "asked_at",
    title=_("Product files you brought in"),
    ground=LEGITIMATE,
    period=_("30 days"),
    on_erase=OnErase.LINK,
)


def _own_words(prefix: str = "") -> Any:
    return lambda user: Q(**{f"{prefix}author": user})


def _remove_photo(photo: Any) -> None:
    """After the commit: a file cannot be brought back when the change is not made after all."""
    storage, name = photo.file.storage, str(photo.file.name)
    transaction.on_commit(lambda: storage.delete(name))


_store(
    "commerce.TalkPhoto",
    "",
    "message",
    where=_own_words("message__"),
    title=_("Photos in messages about parcels"),
    purpose=_("To talk about an order"),
    before_delete=_remove_photo,
)
_store(
    "commerce.TalkMessage",
    "author",
    "at",
    "side",
    "text",
    title=_("Messages about parcels"),
    purpose=_("To talk about an order"),
    period=_("until the account is erased; the other side then sees that something was written"),
    on_erase=OnErase.ANONYMISE,
    blank={"text": "—"},
)
