"""Stock Oscar's own checkout of a guest on the same goods, in a process of its own.

Columns that are ours alone may be empty there, so that its models can write; it sends no mails and takes
no payment, as it comes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

ADDRESS = {
    "first_name": "Ayşe",
    "last_name": "Yıldız",
    "line1": "Ihlamurdere Caddesi 118",
    "line4": "Beşiktaş",
    "state": "İstanbul",
    "postcode": "34353",
    "country": "TR",
    "phone_number": "+905321234567",
}


def measured(database: dict[str, Any], products: list[int], rounds: int) -> dict[str, Any]:
    asked = json.dumps({"database": database, "products": products, "rounds": rounds})
    command = [sys.executable, "-m", "tests.bench.oscar_buying"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    asked = json.loads(sys.stdin.read())
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.oscar_settings"
    from django.conf import settings

    settings.DATABASES["default"] = asked["database"]
    settings.OSCAR_ALLOW_ANON_CHECKOUT = True
    settings.OSCAR_INITIAL_ORDER_STATUS = "pending"
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    import django

    django.setup()
    from oscar.apps.order.utils import OrderCreator

    from . import buying

    make_room()
    verb = (OrderCreator, "place_order")
    print(json.dumps(buying.measured(lambda number: walk(asked["products"]), verb, asked["rounds"])))


def make_room() -> None:
    """Tables of its own that we have none of; and what its models do not know may be empty."""
    from django.apps import apps
    from django.contrib.sites.models import Site
    from django.db import connection

    there = connection.introspection.table_names()
    missing = [model for model in apps.get_models() if model._meta.app_label in ("auth", "sites")]
    with connection.schema_editor() as editor:
        for model in missing:
            if model._meta.db_table not in there:
                editor.create_model(model)
    Site.objects.get_or_create(pk=1, defaults={"domain": "127.0.0.1", "name": "Bench"})
    for model in apps.get_models():
        if model._meta.db_table.startswith(("order_", "basket_", "customer_", "communication_")):
            _let_be_empty(model)


def _let_be_empty(model: Any) -> None:
    from django.db import connection

    table, known = model._meta.db_table, {field.column for field in model._meta.local_concrete_fields}
    asked = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO'"
    with connection.cursor() as cursor:
        cursor.execute(asked, [table])
        for (column,) in cursor.fetchall():
            if column not in known:
                cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP NOT NULL')


def walk(products: list[int]) -> Iterator[Any]:
    """Each press and each page a browser shows between them."""
    from django.test import Client

    from .buying import PRESS

    guest = Client(headers={"host": "127.0.0.1"})

    def ask(path: str, data: dict[str, Any] | None = None, status: int = 200) -> Any:
        answer = guest.get(path) if data is None else guest.post(path, data)
        if answer.status_code != status:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:3000]!r}")
        return answer

    for place, product in enumerate(products, 1):
        yield f"add {place}", lambda product=product: ask(f"/basket/add/{product}/", {"quantity": 1}, 302)
    yield "basket", lambda: ask("/basket/")
    yield "who", lambda: ask("/checkout/")
    email = {"username": "misafir@ornek.test", "options": "anonymous"}
    yield "who, sent", lambda: ask("/checkout/", email, 302)
    yield "address", lambda: ask("/checkout/shipping-address/")
    yield "address, sent", lambda: ask("/checkout/shipping-address/", ADDRESS, 302)
    yield "delivery", lambda: ask("/checkout/shipping-method/", None, 302)
    yield "payment", lambda: ask("/checkout/payment-method/", None, 302)
    yield "payment details", lambda: ask("/checkout/payment-details/")
    yield "look at it", lambda: ask("/checkout/preview/")
    yield PRESS, lambda: ask("/checkout/preview/", {"action": "place_order"}, 302)


if __name__ == "__main__":
    main()
