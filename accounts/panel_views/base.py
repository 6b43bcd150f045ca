"""The base of the account's own pages."""

from core.panel import PanelView


class AccountPage(PanelView):
    """Who does not accept new terms still keeps her account in order."""

    passes_checkpoints = True
