"""Payouts, statements and day reports in the back office."""
