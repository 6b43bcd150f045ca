"""What does not belong into a message about a parcel: ways to deal past us.

Phone numbers, mail addresses and IBANs. Paying outside leaves a buyer without refund and a seller without
proof, so the writer is asked to take it out.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_GAP = r"[\s().\-/]*"
PHONE = re.compile(rf"(?<!\d)(?:\+?90{_GAP}|0{_GAP})?5(?:{_GAP}\d){{9}}(?!\d)")
LANDLINE = re.compile(rf"(?<!\d)(?:\+90{_GAP}|0{_GAP})[2-4](?:{_GAP}\d){{9}}(?!\d)")
MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\s?\.\s?[a-z]{2,}", re.IGNORECASE)
IBAN = re.compile(r"(?<![A-Z0-9])TR(?:\s?\d){24}(?!\d)", re.IGNORECASE)
INSIDE = _("Keep it here, for both of you: outside we can neither give money back nor settle a quarrel.")


def refuse_ways_out(text: str) -> None:
    """A validator for forms."""
    for shape, code, found in (
        (IBAN, "iban", _("There is an IBAN in your message. Pay only in the store; take the IBAN out.")),
        (PHONE, "phone", _("There is a phone number in your message. Take it out.")),
        (LANDLINE, "phone", _("There is a phone number in your message. Take it out.")),
        (MAIL, "mail", _("There is a mail address in your message. Take it out.")),
    ):
        if shape.search(text):
            raise ValidationError([ValidationError(found, code=code), ValidationError(INSIDE)])
