from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "booking.consultations"
    label = "consultations"
    verbose_name = _("Online consultations")

    def ready(self) -> None:
        from . import parts  # noqa: F401  (registers itself)
