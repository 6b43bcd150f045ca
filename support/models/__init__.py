from .clock import Escalation, OnCallShift, SlaTarget
from .desk import AnswerTemplate, Presence, Rating, SolvedBySearch
from .letters import Letter, Outcome
from .thread import Attachment, Message, Sender
from .ticket import Ticket

__all__ = [
    "AnswerTemplate",
    "Attachment",
    "Escalation",
    "Letter",
    "Message",
    "OnCallShift",
    "Outcome",
    "Presence",
    "Rating",
    "Sender",
    "SlaTarget",
    "SolvedBySearch",
    "Ticket",
]
