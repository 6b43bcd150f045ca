"""Invoices, receipts, credit notes and statements: issued here, shown under "Finans > Belgeler"."""

from .issuing import issue_credit, issue_sale
from .parties import Party
from .summaries import issue_commission_invoice, issue_statement

__all__ = ["Party", "issue_commission_invoice", "issue_credit", "issue_sale", "issue_statement"]
