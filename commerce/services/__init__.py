"""The verbs of the store. Other rooms use what is named here."""

from .again import buy_again
from .deliveries import remove_delivery, save_delivery
from .placing import place
from .releasing import cancel_unpaid, release_due
from .vouchers import VoucherRefused, add_voucher, remove_voucher

__all__ = [
    "VoucherRefused",
    "add_voucher",
    "buy_again",
    "cancel_unpaid",
    "place",
    "release_due",
    "remove_delivery",
    "remove_voucher",
    "save_delivery",
]
