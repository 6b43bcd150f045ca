"""The ground's own reaction: queued mails leave."""

from django.utils import timezone

from . import journal, mail
from .models import Line


@journal.on(mail.QUEUED)
def deliver_mail(line: Line) -> None:
    if line.subject is not None:
        mail.deliver(line.subject, now=timezone.now())
