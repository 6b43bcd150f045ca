from .business import Business, Location
from .hours import PublicLeave, SpecialDay, WeeklyHours
from .licences import Evidence, Licence
from .people import Membership, Role
from .switches import ModuleSwitch
from .verification import Topic, Verification

__all__ = [
    "Business",
    "Evidence",
    "Licence",
    "Location",
    "Membership",
    "ModuleSwitch",
    "PublicLeave",
    "Role",
    "SpecialDay",
    "Topic",
    "Verification",
    "WeeklyHours",
]
