"""The worker of the trust checks: the real one, plus a receiver whose effects can be counted."""

from core import journal
from dijivet.celery import app

COUNTED, EFFECT = "trust.counted", "trust.effect"


def count_effect(line) -> None:
    """The effect in our database: one more line that names the first."""
    journal.write(EFFECT, data={"of": line.pk})


journal.on(COUNTED)(count_effect)
__all__ = ["app"]
