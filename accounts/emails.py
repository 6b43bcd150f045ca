"""One spelling for each e-mail address, so that one person cannot hold another's under a look-alike.

`'ı'.upper()` is `I`, and so is PostgreSQL's `upper('ı')`; `'K'.lower()` (Kelvin) is `k`: a comparison
without regard to case would give the account of `ilker@…` to whoever owns `ılker@…`. So the part
before the @ must be plain ASCII as typed, the domain is stored in its ASCII (IDNA) form, all in lower
case, and addresses are compared exactly.
"""

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

LONGEST = 254


def canonical(address: str) -> str:
    """The one spelling of `address`. Raises ValidationError with a message for the reader."""
    local, _at, domain = address.strip().rpartition("@")
    _refuse_long(address)
    if not local.isascii():
        raise ValidationError(
            _("The part before the @ may only hold plain letters: no ı, ş, ğ, ç, ö or ü."), code="not_ascii"
        )
    if '"' in local:  # quoted, the standard allows even control characters
        raise ValidationError(_("This is not an e-mail address we can write to."), code="quoted")
    result = f"{local.lower()}@{_ascii_domain(domain)}"
    _refuse_half(result)
    validate_email(result)
    _refuse_long(result)
    return result


def _refuse_long(address: str) -> None:
    if len(address) > LONGEST:
        raise ValidationError(_("This address is too long."), code="too_long")


def _refuse_half(address: str) -> None:
    """Says what is missing where the commonest slip was made."""
    local, _at, domain = address.partition("@")
    if local and domain and "." not in domain and domain != "localhost":
        raise ValidationError(
            _("The end of the address is missing: a dot and what follows it, such as “.com”."), code="half"
        )


def _ascii_domain(domain: str) -> str:
    """Letters of other scripts become `xn--…`. What would become plain ASCII is a disguise."""
    try:
        result = idna.encode(domain, uts46=True).decode()
    except idna.IDNAError as error:
        raise ValidationError(_("The part after the @ is not a valid domain."), code="domain") from error
    if not domain.isascii() and "xn--" not in result:
        raise ValidationError(_("The part after the @ is not a valid domain."), code="domain")
    return result
