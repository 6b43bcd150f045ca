"""Parts of mails."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.utils.safestring import SafeString

from core.mail_kinds import CampaignRefused, Kind

register = template.Library()


class Campaign(Node):
    """Refuses to appear in a mail that needs no permission of its reader."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        if context.get("mail_kind") != Kind.COMMERCIAL:
            raise CampaignRefused("a campaign block stands in a mail that is not declared as commercial")
        return self.nodelist.render(context)


@register.tag
def campaign(parser: Parser, token: Token) -> Any:
    """`{% campaign %} … {% endcampaign %}`: what promotes something."""
    nodelist = parser.parse(("endcampaign",))
    parser.delete_first_token()
    return Campaign(nodelist)
