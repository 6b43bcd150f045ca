from .books import SHARED, Account, AccountKind, Checkpoint, ClosedDay, Entry, Txn
from .lines import CommissionLine
from .rates import CommissionRate, Tax, TaxRate

__all__ = [
    "SHARED",
    "Account",
    "AccountKind",
    "Checkpoint",
    "ClosedDay",
    "CommissionLine",
    "CommissionRate",
    "Entry",
    "Tax",
    "TaxRate",
    "Txn",
]
