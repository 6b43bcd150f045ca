"""Periods of the newsletter, each with where it comes from. Pages and tasks read them here."""

from datetime import timedelta

TOKEN_LIFE = timedelta(days=3)  # ours: a weekend away still confirms
FORGET_UNCONFIRMED = timedelta(days=7)  # ours: an address nobody confirmed is nobody's consent
UNDO = timedelta(hours=1)  # ours: a press by mistake
KEEP_EVIDENCE_YEARS = 3  # law 6563, regulation RG 15.07.2015/29417: proof after the approval ends
IYS_BUSINESS_DAYS = 3  # the same regulation, RG 04.01.2020/30998

CLAIM_LIFE = timedelta(minutes=3)  # twice the hard limit of a task: whoever held it is gone
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=72)  # a mail server may be away over a weekend

PLACE_PER_HOUR = 10  # sign-ups from one address of the network
ADDRESS_PER_DAY = 3  # confirmation mails to one address
