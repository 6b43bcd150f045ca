from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequirementsConfig(AppConfig):
    name = "booking.requirements"
    verbose_name = _("What has to be there on arrival")

    def ready(self) -> None:
        from . import parts, told  # noqa: F401  (they register themselves)
