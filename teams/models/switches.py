"""Which modules a person or a business has switched away from what they start with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .business import Business


class ModuleSwitch(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="module_switches", null=True, blank=True
    )
    business = models.ForeignKey(
        Business, models.CASCADE, related_name="module_switches", null=True, blank=True
    )
    module = models.CharField(_("module"), max_length=12)
    is_on = models.BooleanField(_("on"))

    class Meta:
        verbose_name = _("module switch")
        verbose_name_plural = _("module switches")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, business__isnull=False)
                | Q(user__isnull=False, business__isnull=True),
                name="switch_has_one_holder",
            ),
            models.UniqueConstraint(fields=["user", "module"], name="person_switches_a_module_once"),
            models.UniqueConstraint(fields=["business", "module"], name="business_switches_a_module_once"),
        ]

    def __str__(self) -> str:
        return f"{self.module}: {self.is_on}"
