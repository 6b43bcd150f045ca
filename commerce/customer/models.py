"""Oscar's customer models; whoever waits for goods does so once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from oscar.apps.customer.abstract_models import AbstractProductAlert

OPEN = Q(status__in=["Unconfirmed", "Active"])


class ProductAlert(AbstractProductAlert):
    """`date_created` is her place in the queue; a told alert is closed, so there is one mail."""

    locale = models.CharField(max_length=8, default=settings.LANGUAGE_CODE)

    class Meta(AbstractProductAlert.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["product", "user"],
                condition=OPEN & Q(user__isnull=False),
                name="person_waits_for_goods_once",
            ),
            models.UniqueConstraint(
                fields=["product", "email"],
                condition=OPEN & Q(user__isnull=True),
                name="address_waits_for_goods_once",
            ),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(email=""), name="alert_has_a_reader"),
        ]
        indexes = [
            models.Index(
                fields=["product", "date_created"], name="alert_waiting", condition=Q(status="Active")
            )
        ]


from oscar.apps.customer.models import *  # noqa: E402, F403  (Oscar fills in what is not declared above)
