from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeriesConfig(AppConfig):
    name = "booking.series"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from . import parts, told  # noqa: F401  (they register themselves)
