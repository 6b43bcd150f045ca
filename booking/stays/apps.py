from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaysConfig(AppConfig):
    name = "booking.stays"
    verbose_name = _("Stays")

    def ready(self) -> None:
        from . import parts, told  # noqa: F401  (they register themselves)
