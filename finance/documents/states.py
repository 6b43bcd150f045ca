"""The way of an electronic original. Only `E_MOVES.move` writes it.

`unknown` is also what it is while it is being handed over: a worker that dies then leaves the truth.
"""

from core.states import Moves

from ..models import EState

E_MOVES = Moves(
    {
        EState.NOT_NEEDED: set(),
        EState.WAITING: {EState.UNKNOWN, EState.REFUSED},
        EState.UNKNOWN: {EState.SENT, EState.ACCEPTED, EState.REFUSED, EState.WAITING},
        EState.SENT: {EState.ACCEPTED, EState.REFUSED, EState.WAITING},
        EState.ACCEPTED: set(),
        EState.REFUSED: {EState.WAITING},  # by a person, once the reason is gone
    },
    field="e_state",
)
