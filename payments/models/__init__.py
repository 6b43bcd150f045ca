from .differences import DayReport, Difference, DifferenceKind, DifferenceState, Step
from .payments import Attempt, GatewayEvent, OpenMethod, Payment, PaymentItem
from .payouts import BankFile, Every, Payout, PayoutPlan
from .refunds import Reason, Refund, RefundPart
from .statements import BankStatementLine, LineState, StatementFile, Wish
from .top_ups import TopUp

__all__ = [
    "Attempt",
    "BankFile",
    "BankStatementLine",
    "DayReport",
    "Difference",
    "DifferenceKind",
    "DifferenceState",
    "Every",
    "GatewayEvent",
    "LineState",
    "OpenMethod",
    "Payment",
    "PaymentItem",
    "Payout",
    "PayoutPlan",
    "Reason",
    "Refund",
    "RefundPart",
    "StatementFile",
    "Step",
    "TopUp",
    "Wish",
]
