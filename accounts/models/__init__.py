"""People and what belongs to them."""

from .addresses import Address, AddressKind
from .consents import Consent, ConsentState
from .contact import Channel, ContactChange, TextMessage
from .people import User, UserManager
from .requests import DataRequest, Export, RequestKind

__all__ = [
    "Address",
    "AddressKind",
    "Channel",
    "Consent",
    "ConsentState",
    "ContactChange",
    "DataRequest",
    "Export",
    "RequestKind",
    "TextMessage",
    "User",
    "UserManager",
]
