from .payments import Attempt, GatewayEvent, OpenMethod, Payment, PaymentItem
from .payouts import Payout
from .refunds import Reason, Refund, RefundPart
from .top_ups import TopUp

__all__ = [
    "Attempt",
    "GatewayEvent",
    "OpenMethod",
    "Payment",
    "PaymentItem",
    "Payout",
    "Reason",
    "Refund",
    "RefundPart",
    "TopUp",
]
