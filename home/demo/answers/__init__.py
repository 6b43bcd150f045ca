"""The sixteen answers. Each says what is true today and names plainly what is still being prepared."""

from . import account, general, payment, support

CATEGORIES = [general.CATEGORY, account.CATEGORY, payment.CATEGORY, support.CATEGORY]
