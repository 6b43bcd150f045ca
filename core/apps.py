from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Ground")

    def ready(self) -> None:
        """Load what the rooms register: reactions, live blocks, proofs, panel, offers, personal data."""
        from . import own_proofs  # noqa: F401  (registers itself)

        autodiscover_modules("receivers", "audiences", "live", "proofs", "panel", "offers", "holdings")
