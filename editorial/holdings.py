"""Personal data of those who write, approve and review."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import LEGITIMATE, OnErase, holding

NOBODY = "silindi@hesap.invalid"


def _editorial(model: str, **facts: Any) -> None:
    holding(
        model,
        title=_("Work in the back office"),
        purpose=_("To know who approved what"),
        ground=LEGITIMATE,
        period=_("for good; after erasure it points at an account without a name"),
        **{"on_erase": OnErase.LINK, **facts},
    )


_editorial("editorial.StandIn", owner="person", covers=("named_by",))
_editorial("editorial.NamedApproverTask", owner="approver", covers=("deputy",))
_editorial("editorial.PublishedDespite", owner="by")
_editorial("editorial.ReviewLink", owner="created_by")
_editorial(
    "editorial.ReviewLink",
    where=lambda user: Q(email=user.email),
    fields=("created_at", "name", "verdict", "note"),
    on_erase=OnErase.ANONYMISE,
    blank={"name": "—", "email": NOBODY},
)
