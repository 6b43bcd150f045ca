from .duties import Duty, DutyReminder, Figure, Statement
from .file import Measurement, Note, Vaccination, Visibility
from .people import Invitation, Keeper
from .pet import Pet
from .sharing import Grant, LostPage, Reading, Scope

__all__ = [
    "Duty",
    "DutyReminder",
    "Figure",
    "Grant",
    "Invitation",
    "Keeper",
    "LostPage",
    "Measurement",
    "Note",
    "Pet",
    "Reading",
    "Scope",
    "Statement",
    "Vaccination",
    "Visibility",
]
