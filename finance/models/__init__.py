from .books import SHARED, Account, AccountKind, Checkpoint, ClosedDay, Entry, Txn

__all__ = ["SHARED", "Account", "AccountKind", "Checkpoint", "ClosedDay", "Entry", "Txn"]
