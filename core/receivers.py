"""The ground's own reactions: queued mails leave, stale answers are made anew."""

from django.utils import timezone

from . import journal, mail
from .models import Line
from .response_cache import pages, rebuild, tags  # noqa: F401  (pages: Wagtail's signals)


@journal.on(mail.QUEUED)
def deliver_mail(line: Line) -> None:
    if line.subject is not None:
        mail.deliver(line.subject, now=timezone.now())


@journal.on(tags.PURGED)
def rebuild_answers(line: Line) -> None:
    rebuild.rebuild(line.data["tags"])
