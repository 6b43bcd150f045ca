from .business import Business, Location
from .people import Membership, Role
from .switches import ModuleSwitch

__all__ = ["Business", "Location", "Membership", "ModuleSwitch", "Role"]
