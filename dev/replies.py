"""An answer to a mail of ours, as a mail program writes it."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from django.utils import timezone

from dev.mailbox import Mail


def written(mail: Mail, words: str) -> bytes:
    """With the old text quoted below the new words."""
    letter = EmailMessage()
    letter["From"] = mail.recipients
    letter["To"] = str(mail.message["Reply-To"])
    letter["Subject"] = f"Re: {mail.subject}"
    letter["Date"] = format_datetime(timezone.now())
    letter["Message-ID"] = make_msgid(domain="ornek.test")
    if before := mail.message.get("Message-ID"):
        letter["In-Reply-To"] = letter["References"] = str(before)
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
    letter.set_content(f"{words}\n\n{mail.sender} şunu yazdı:\n{quoted}\n")
    return letter.as_bytes()
