"""Personal data in the legal room: the proofs of what was accepted and shown."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import LEGAL_DUTY, PROOF, OnErase, holding

holding(
    "legal.Acceptance",
    owner="user",
    title=_("Contracts you accepted"),
    purpose=_("To prove what was agreed"),
    ground=PROOF,
    period=_("ten years after the account is erased"),
    fields=("at", "version__document", "version__number", "context", "ip", "locale", "channel"),
    on_erase=OnErase.KEEP,
)
holding(
    "legal.NoticeRead",
    owner="user",
    title=_("Notices you were shown"),
    purpose=_("To prove that you were informed"),
    ground=LEGAL_DUTY,
    period=_("ten years after the account is erased"),
    fields=("at", "version__document", "version__number", "context", "ip", "locale", "channel"),
    on_erase=OnErase.KEEP,
)
