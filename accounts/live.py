"""What pages may say about codes."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import live

from . import rules


@live.block("accounts.code_rules", title=_("Rules for codes"), template="accounts/live/code_rules.html")
def code_rules() -> dict[str, Any]:
    return asdict(rules.of_reset())
