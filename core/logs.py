"""Logs: one JSON object a line, without personal data or secrets.

Standard `logging` everywhere; structlog only formats. Masking looks at names of fields and at what
texts look like, so that a forgotten `log.info(user.email)` does no harm either.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_NAMES = re.compile(
    r"pass|secret|token|cookie|session|authorization|csrf|(?<!status_)code$|otp|key$|cvv|cvc|pan$|signature",
    re.IGNORECASE,
)
PATTERNS = [
    (re.compile(r"\b([\w.+-])[\w.+-]*@([\w-]+\.[\w.-]+)"), r"\1***@\2"),
    (re.compile(r"\bTR\d{2}(?:\s?\d{4}){5}\s?\d{2}\b"), "TR** IBAN"),
    (re.compile(r"\b(?:\d[ -]?){12,18}\d\b"), "[card?]"),
    (re.compile(r"\b\d{11}\b"), "[id?]"),
    (re.compile(r"(?<!\d)(?:\+90|0)\s?\(?5\d{2}\)?[\s-]?\d{3}[\s-]?\d{2}[\s-]?\d{2}\b"), "[phone]"),
]


def mask(value: Any, name: str = "") -> Any:
    """The value as it may stand in a log."""
    if name and SECRET_NAMES.search(name) and value not in (None, ""):
        return "[secret]"
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, dict):
        return {key: mask(item, str(key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask(item) for item in value]
    return value


def mask_text(text: str) -> str:
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def _mask_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {
        name: mask(value, name if name not in {"event", "exception"} else "") for name, value in event.items()
    }


_SHARED = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    _mask_event,
]


def config(*, as_json: bool, level: str) -> dict[str, Any]:
    """The value of Django's LOGGING."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        "foreign_pre_chain": _SHARED,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},  # two lines for each page that is indexed
            "django": {"handlers": [], "propagate": True},
        },
    }
