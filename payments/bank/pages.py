"""The hosted page. No field asks for a card: each button is a card or an event of the test bank."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path

from . import counter
from .bank import HTML, Bank, Leave, Request, Response
from .book import Payment
from .scenarios import SCENARIOS

NAMES = {"iyzico": "iyzico", "paytr": "PayTR", "param": "Param"}
STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
FRAMED = "/odeme/guvenli/"
WORDS = {
    "open": "sayfa açık",
    "paid": "ödendi",
    "failed": "reddedildi",
    "expired": "süresi doldu",
    "review": "inceleniyor",
    "transfer": "havale bekleniyor",
    "voided": "iptal",
}
STATES = {
    "paid": "Bu ödeme alındı.",
    "voided": "Bu ödeme iptal edildi.",
    "review": "Bu ödeme inceleniyor.",
    "transfer": "Havalen bekleniyor.",
    "expired": "Bu sayfanın süresi doldu.",
}


def respond(bank: Bank, request: Request) -> Response | None:
    """`/sayfa?token=…` and `/odeme/guvenli/…`: shown by GET, played by POST. `/`: the book, for a look."""
    if request.path == "/":
        return _book(bank)
    framed = request.path.startswith((FRAMED, "/odeme/api/"))
    if request.path != "/sayfa" and not framed:
        return None
    token = request.path.rsplit("/", 1)[1] if framed else request.query.get("token", "")
    row = next((each for code in bank.protocols for each in bank.book.payments(code, token=token)), None)
    if row is None:
        return _page("Sayfa bulunamadı", "<p>Bu adreste bir ödeme yok.</p>", 404)
    if request.method == "POST":
        return _play(bank, row, request)
    return _show(bank, row, target="_top" if framed else "_self")


def _book(bank: Bank) -> Response:
    rows = "".join(
        f"<tr><td>{NAMES[row.provider]}</td><td>{escape(row.reference)}</td>"
        f"<td>{WORDS.get(row.state, row.state)}</td>"
        f'<td class="figure">{_amount(row)}</td></tr>'
        for row in reversed(bank.book.all(Payment)[-50:])
    )
    head = "<tr><th>Banka</th><th>Referans</th><th>Durum</th><th>Tutar</th></tr>"
    table = f'<div class="wide" tabindex="0"><table><caption>Son ödemeler</caption>{head}{rows}</table></div>'
    none = "<p>Henüz ödeme yok.</p>"
    total = f"{bank.book.figures()['total']} TL"
    return _page(f"Deneme bankası · {total}", table if rows else none)


def _show(bank: Bank, row: Payment, target: str) -> Response:
    """A browser lets a frame leave only at a click, so the click itself goes to the whole window."""
    if row.state in STATES:
        return _page(_title(row), _said(STATES[row.state]))
    first = bank.next_scenario(row)
    groups = "".join(
        f"<fieldset><legend>{group}</legend>{''.join(_button(name, first) for name in names)}</fieldset>"
        for group, names in groupby(SCENARIOS, key=lambda name: SCENARIOS[name].group)
    )
    refused = _said("Bu kartla ödenemedi. Başka bir kart dene.", "refused") if row.state == "failed" else ""
    return _page(
        _title(row),
        f"""{refused}<form method="post" target="{target}">
        <button class="pay" name="scenario" value="{first}">{_amount(row)} öde
          <small>{escape(SCENARIOS[first].label)}</small></button>
        <details><summary>Başka bir şey olsun</summary>{groups}</details></form>
        <p class="quiet">Bu bir deneme bankası. Kart bilgisi istemez, gerçek para çekmez.</p>""",
    )


def _button(name: str, first: str) -> str:
    mark = ' aria-current="true"' if name == first else ""
    return f'<button name="scenario" value="{name}"{mark}>{escape(SCENARIOS[name].label)}</button>'


def _play(bank: Bank, row: Payment, request: Request) -> Response:
    name = request.form.get("scenario", "success")
    try:
        leave = counter.pay(bank, row, name if name in SCENARIOS else "success")
    except counter.Closed as closed:
        return _page(_title(row), _said(STATES.get(str(closed), "Bu ödeme kapandı.")), 409)
    if leave is None:
        return _page(_title(row), _said("Müşteri pencereyi kapattı. Bu sekmeyi kapatabilirsin."))
    return _way_back(row, leave)


def _way_back(row: Payment, leave: Leave) -> Response:
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in leave.fields.items()
    )
    return _page(
        _title(row),
        f"""{_said("İşlem tamam, mağazaya dönüyorsun.")}
        <form id="leave" method="{leave.method}" action="{escape(leave.url)}">{fields}
        <button class="pay">Mağazaya dön</button></form>
        <script>document.getElementById("leave").submit()</script>""",
    )


def _said(text: str, kind: str = "") -> str:
    return f'<p role="status" class="said {kind}">{escape(text)}</p>'


def _amount(row: Payment) -> str:
    digits = f"{row.asked:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"₺{digits}" if row.currency == "TRY" else f"{digits} {escape(row.currency)}"


def _title(row: Payment) -> str:
    return f"{NAMES[row.provider]} deneme bankası · {_amount(row)}"


def _page(title: str, body: str, status: int = 200) -> Response:
    heading, _, amount = title.partition(" · ")
    figure = f'<p class="amount">{amount}</p>' if amount else ""
    text = f"""<!doctype html><html lang="tr"><meta charset="utf-8"><title>{title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style>
    <main><h1>{heading}</h1>{figure}{body}</main></html>"""
    return Response(text.encode(), status, HTML, {"Referrer-Policy": "no-referrer"})
