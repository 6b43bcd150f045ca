"""Personal data in the help centre: who asked a question and waits for its answer."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, OnErase, holding

holding(
    "faq.Suggestion",
    where=lambda user: Q(asker=user) | Q(email=user.email),
    covers=("asker",),
    title=_("Questions you suggested"),
    purpose=_("To answer you"),
    ground=CONTRACT,
    period=_("your address until the answer is on its way, the question for good"),
    fields=("at", "reference", "text", "status"),
    on_erase=OnErase.ANONYMISE,
    blank={"email": "", "asker": None, "text": "—", "query": ""},
)
