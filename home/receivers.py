"""Reactions to Wagtail's page signals that concern pages of every room."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from core import tree


@receiver(page_published)
def mend_tree(instance: Page, **_: Any) -> None:
    if type(instance).allowed_subpage_models():
        tree.recount_children(instance)
