from tests.payments.bank import bank, bank_process  # noqa: F401
