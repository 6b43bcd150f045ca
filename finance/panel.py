""" "Finans" in the menu of the panels."""

from django.utils.translation import gettext_lazy as _

from core import panel

from . import permissions, pricing_panel  # noqa: F401  (it registers itself)

panel.entry(panel.Entry(panel.FINANCE, _("Documents"), "my_documents", "file-text", order=10))
panel.entry(
    panel.Entry(
        panel.FINANCE,
        _("Documents"),
        "business_documents",
        "file-text",
        order=10,
        scope=panel.BUSINESS,
        right=permissions.DOCUMENTS,
    )
)
