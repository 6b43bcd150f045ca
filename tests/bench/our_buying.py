"""Our own checkout of a guest: the same goods, and with the payment that Oscar leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from oscar.core.loading import get_model

from .buying import PRESS

BASKET, DELIVERY, PAY = "/magaza/sepet/", "/magaza/odeme/", "/magaza/odeme/onay/"
PLACE = {
    "name": "Ayşe Yıldız",
    "province": "34",
    "district": "Beşiktaş",
    "neighbourhood": "Sinanpaşa",
    "street": "Ihlamurdere Caddesi",
    "building": "118",
    "door": "4",
    "postcode": "34353",
}
TYPED = {"email": "misafir@ornek.test", "name": "Ayşe Yıldız", "phone": "0532 123 45 67"}
TYPED |= {"address": "new", "invoice": "same", **{f"ship_{name}": value for name, value in PLACE.items()}}


def goods() -> list[int]:
    """Two products of one seller of the demo, one of another; enough of them for every round."""
    StockRecord = get_model("partner", "StockRecord")
    found = []
    for name, number in (("Işık Pet Market", 2), ("Çınar Mama", 1)):
        rows = StockRecord.objects.filter(partner__name=name, product__structure="standalone")
        rows = rows.filter(product__is_public=True, is_offered=True, num_in_stock__gt=0).order_by("pk")
        found += list(rows.values_list("product_id", flat=True)[:number])
    StockRecord.objects.filter(product__in=found).update(num_in_stock=100_000)
    return found


def _hidden(page: Any, name: str) -> str:
    field = BeautifulSoup(page.content, "html.parser").select_one(f"input[name={name}]")
    assert field is not None, name
    return str(field["value"])


def walk(products: list[int], number: int) -> Iterator[Any]:
    """`number` is another address each time: one place may not order as often as a bench does."""
    here = {"host": "127.0.0.1", "origin": "http://127.0.0.1"}
    guest = Client(headers=here, REMOTE_ADDR=f"10.0.{number // 250}.{number % 250 + 1}")

    def ask(path: str, data: dict[str, Any] | None = None, status: int = 200) -> Any:
        answer = guest.get(path) if data is None else guest.post(path, data)
        if answer.status_code != status:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:3000]!r}")
        return answer

    for place, product in enumerate(products, 1):
        yield f"add {place}", lambda product=product: ask(f"{BASKET}ekle/{product}/", {"quantity": 1}, 302)
    yield "basket", lambda: ask(BASKET)
    yield "delivery", lambda: ask(DELIVERY)
    yield "delivery, sent", lambda: ask(DELIVERY, TYPED, 302)
    pages: list[Any] = []
    yield "payment", lambda: pages.append(ask(PAY))
    agreed = {name: _hidden(pages[0], name) for name in ("agreed", "key")}
    agreed |= {"informed": "on", "accepted": "on", "method": "transfer", "transfer": "transfer"}
    yield PRESS, lambda: ask(PAY, agreed, 302)
