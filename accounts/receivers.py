"""Reactions of the accounts to what other applications keep about people."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.users.models import UserProfile


@receiver(pre_save, sender=UserProfile)
def speak_the_language_of_the_account(instance: UserProfile, **_: Any) -> None:
    """Without a language of its own Wagtail writes in that of whoever pressed the button."""
    instance.preferred_language = instance.preferred_language or instance.user.locale
