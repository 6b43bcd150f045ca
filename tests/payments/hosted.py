"""A buyer on the hosted page of the bank across the street, and the messages the bank sends meanwhile."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from payments.models import Attempt

from .bank import DIRECT, Bank


def opened(attempt: Attempt) -> BeautifulSoup:
    """The page as her browser gets it: over HTTP, from the bank."""
    return _page(attempt.step["url"])


def press(attempt: Attempt, scenario: str = "success") -> BeautifulSoup:
    """She presses a button there. What the bank shows next."""
    data = urllib.parse.urlencode({"scenario": scenario}).encode()
    return _page(attempt.step["url"], data)


def go_back(client: Client, page: BeautifulSoup) -> Any:
    """Her browser sends the form that leads back to us; the last answer of ours that it ends at."""
    form = page.select_one("form#leave")
    assert form, page.get_text(" ", strip=True)
    path = urllib.parse.urlsplit(str(form["action"]))
    where = f"{path.path}?{path.query}" if path.query else path.path
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input[name]")}
    send = client.post if str(form["method"]).lower() == "post" else client.get
    return send(where, fields, follow=True)


def tell(bank: Bank, attempt: Attempt, times: int = 1) -> list[int]:
    """The bank's messages about it, word for word, at our door. What we answered each."""
    answers = []
    for letter in bank.letters(attempt.reference):
        headers = {name: value for name, value in letter.headers.items() if name != "content-type"}
        kind = letter.headers.get("content-type", "application/json")
        for _ in range(times):
            where = f"/odeme/bildirim/{letter.provider}/"
            answers.append(
                Client().generic("POST", where, letter.body, content_type=kind, headers=headers).status_code
            )
    return answers


def _page(url: str, data: bytes | None = None) -> BeautifulSoup:
    try:
        with DIRECT.open(url, data, timeout=30) as answer:
            return BeautifulSoup(answer.read(), "html.parser")
    except urllib.error.HTTPError as error:
        return BeautifulSoup(error.read(), "html.parser")
