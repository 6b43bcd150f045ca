"""Mails about what follows a sale, to members and guests alike."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from commerce import after_links, return_rules
from core import mail

ASKED, REFUSED, CANCELLED = "commerce/return_asked", "commerce/return_refused", "commerce/cancelled"
REMIND, DECIDED = "commerce/return_remind", "commerce/return_decided"
CONFIRM_ALERT, IN_STOCK = "commerce/alert_confirm", "commerce/alert_in_stock"


def cancelled(row: Any) -> None:
    order = row.parcel.order
    path = reverse("my_order", args=[order.number]) if order.user_id else reverse("catalogue:index")
    _to_buyer(CANCELLED, order, row=row, parcel=row.parcel, lines=_lines(row), url=after_links.full(path))


def return_asked(row: Any) -> None:
    """The confirmation on a lasting medium: what was announced, when, how to send it, until when."""
    _about(ASKED, row, until=return_rules.until(row.parcel), lines=_lines(row))


def return_refused(row: Any) -> None:
    _about(REFUSED, row)


def return_remind(row: Any) -> None:
    _about(REMIND, row, lines=_lines(row))


def return_decided(row: Any) -> None:
    _about(DECIDED, row)


def confirm_alert(alert: Any) -> None:
    _of_alert(CONFIRM_ALERT, alert, reverse("alert_confirm", args=[alert.key]))


def in_stock(alert: Any, *, is_scarce: bool) -> None:
    _of_alert(IN_STOCK, alert, alert.product.get_absolute_url(), is_scarce=is_scarce)


def _of_alert(template: str, alert: Any, path: str, **facts: Any) -> None:
    user = alert.user
    context = {
        "alert": alert,
        "product": alert.product.get_title(),
        "name": user.first_name if user else "",
        "url": after_links.full(path),
        "stop_url": after_links.full(reverse("alert_stop", args=[alert.key])),
        **facts,
    }
    to = user.email if user else alert.email
    mail.send(template, to=to, context=context, locale=(user and user.locale) or alert.locale)


def _about(template: str, row: Any, **facts: Any) -> None:
    url = after_links.full(after_links.returned(row))
    _to_buyer(template, row.parcel.order, row=row, parcel=row.parcel, url=url, **facts)


def _to_buyer(template: str, order: Any, **facts: Any) -> None:
    user = order.user
    to = user.email if user else order.guest_email
    if not to:
        return
    name = user.first_name if user else ""
    locale = (user and getattr(user, "locale", "")) or order.locale or settings.LANGUAGE_CODE
    mail.send(template, to=to, context={"name": name, "order": order, **facts}, locale=locale)


def _lines(row: Any) -> list[Any]:
    return list(row.lines.select_related("line"))
