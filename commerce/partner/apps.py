"""Oscar's partners, who are the sellers of the store."""

from oscar.apps.partner import apps


class PartnerConfig(apps.PartnerConfig):
    name = "commerce.partner"
