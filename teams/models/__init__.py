from .business import Business, Location
from .invitations import Invitation, OwnershipOffer
from .people import Membership, Role
from .switches import ModuleSwitch

__all__ = ["Business", "Invitation", "Location", "Membership", "ModuleSwitch", "OwnershipOffer", "Role"]
