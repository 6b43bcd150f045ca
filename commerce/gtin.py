"""The number under the bar code: 8, 12, 13 or 14 figures, the last of which checks the others."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import ean
from stdnum.exceptions import ValidationError as WrongNumber


def checked(typed: str) -> str:
    """Without spaces; a number of 12 figures gets the nought that its 13 figures have. "" stays empty."""
    bare = ean.compact(typed)
    if not bare:
        return ""
    bare = bare.zfill(13) if len(bare) == 12 else bare
    try:
        return ean.validate(bare)
    except WrongNumber as error:
        raise ValidationError(
            _("This is no valid barcode number (GTIN). Check its figures."), code="gtin"
        ) from error
