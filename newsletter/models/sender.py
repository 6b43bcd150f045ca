"""Who sends mails that promote: the law wants it in each of them."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="mail")
class SenderDetails(BaseGenericSetting):
    trade_name = models.CharField(_("trade name"), max_length=200, blank=True)
    mersis = models.CharField(
        _("MERSİS number"),
        max_length=16,
        blank=True,
        validators=[RegexValidator(r"^\d{16}$", _("A MERSİS number has 16 digits."))],
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("sender of the newsletter")

    def __str__(self) -> str:
        return self.trade_name or str(self._meta.verbose_name)

    @property
    def is_complete(self) -> bool:
        """Trade name, MERSİS number and a way to reach us (law 6563)."""
        return bool(self.trade_name and self.mersis and (self.email or self.phone))
