from .business import Business, Location
from .hours import PublicLeave, SpecialDay, WeeklyHours
from .invitations import Invitation, OwnershipOffer
from .licences import Evidence, Licence
from .people import Membership, Role
from .switches import ModuleSwitch
from .verification import Topic, Verification

__all__ = [
    "Business",
    "Evidence",
    "Invitation",
    "Licence",
    "Location",
    "Membership",
    "ModuleSwitch",
    "OwnershipOffer",
    "PublicLeave",
    "Role",
    "SpecialDay",
    "Topic",
    "Verification",
    "WeeklyHours",
]
