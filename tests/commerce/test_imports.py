"""Many products from a file: looked at first, written in bunches, taken back; nothing twice, nothing half."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from oscar.core.loading import get_model

from commerce import goods
from commerce.imports import files, reading, runs, undoing, writing
from commerce.models import Import, ImportRow, PriceChange
from commerce.states import ImportStatus, RowStatus
from tests.factories import commerce, sales

pytestmark = pytest.mark.django_db

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
HEAD_EN = "Stock code;Title;Shelf;Tax class;Right of return;Price;Stock;On sale\n"


@pytest.fixture
def shop(bora):
    commerce.kind()
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def shelf():
    return commerce.shelf("Kedi")


def line(number, price="249,90", title=None, stock="5"):
    return f"K-{number};{title or f'Mama {number}'};Kedi;standard;allowed;{price};{stock};evet\n"


def ask(shop, by, text, name="urunler.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return runs.ask(
        partner=shop.partner, file=SimpleUploadedFile(name, content), by=by, locale="tr", now=timezone.now()
    )


def text_of(file):
    with file:
        return file.read()


def fetched(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def finish(now=None):
    while runs.go_on(now=now or timezone.now()):
        pass


def read(shop, by, text, name="urunler.csv"):
    run = ask(shop, by, text, name)
    finish()
    run.refresh_from_db()
    return run


def write(run, by):
    runs.confirm(run=run, by=by, now=timezone.now())
    finish()
    run.refresh_from_db()
    return run


def test_a_file_is_read_first_and_written_on_yes(shop, bora, shelf):
    run = read(shop, bora, HEAD_EN + "".join(line(number) for number in range(3)))
    assert run.status == ImportStatus.READ
    assert runs.counts(run)["new"] == 3
    assert not Product.objects.exists()

    write(run, bora)
    assert run.status == ImportStatus.WRITTEN
    assert Product.objects.browsable().count() == 3
    tag = StockRecord.objects.get(partner_sku="K-0")
    assert (tag.price, tag.num_in_stock, tag.is_offered) == (Decimal("249.90"), 5, True)
    assert PriceChange.objects.get(record=tag).reason == "import"


def test_the_second_time_only_changes_are_written(shop, bora, shelf):
    write(read(shop, bora, HEAD_EN + line(0) + line(1)), bora)
    run = write(read(shop, bora, HEAD_EN + line(0) + line(1, price="199,00") + line(2)), bora)
    found = runs.counts(run)
    assert (found["new"], found["changed"], found["unchanged"]) == (1, 1, 1)
    tag = StockRecord.objects.get(partner_sku="K-1")
    assert [row.price for row in PriceChange.objects.filter(record=tag).order_by("pk")] == [
        Decimal("249.90"),
        Decimal("199.00"),
    ]
    assert PriceChange.objects.filter(record__partner_sku="K-0").count() == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("K-1;;Kedi;standard;allowed;10;1;evet", "title"),
        (";Mama;Kedi;standard;allowed;10;1;evet", "sku"),
        ("K-1;Mama;Yok;standard;allowed;10;1;evet", "shelf"),
        ("K-1;Mama;Kedi;yok;allowed;10;1;evet", "tax_class"),
        ("K-1;Mama;Kedi;standard;allowed;on;1;evet", "price"),
        ("K-1;Mama;Kedi;standard;allowed;-5;1;evet", "price"),
        ("K-1;Mama;Kedi;standard;allowed;10;1,5;evet", "stock"),
        ("K-1;Mama;Kedi;standard;allowed;10;1;belki", "published"),
        ("K-1;=1+1;Kedi;standard;allowed;10;1;evet", "title"),
    ],
)
def test_a_wrong_row_is_refused_with_its_column(shop, bora, shelf, row, column):
    run = read(shop, bora, HEAD_EN + row + "\n" + line(9))
    wrong = run.rows.get(number=2)
    assert wrong.status == RowStatus.REFUSED
    assert [one["column"] for one in wrong.errors] == [column]
    assert run.rows.get(number=3).status == RowStatus.NEW
    content = text_of(files.errors(run)).decode("utf-8-sig")
    assert content.splitlines()[1].startswith("2;")


def test_headings_that_nobody_knows_are_named_before_the_yes(client, shop, bora, shelf):
    run = read(shop, bora, "Stock code;Title;Fiyatt;Renk;\nK-1;Mama;10;mavi;\n")
    assert run.status == ImportStatus.READ
    assert "“Fiyatt”, “Renk”" in run.trouble
    client.force_login(bora)
    page = client.get(f"/isletme/{shop.slug}/urunler/ice-aktar/{run.public_id}/").content.decode()
    assert "“Fiyatt”, “Renk”" in page
    assert read(shop, bora, HEAD_EN + line(1)).trouble == ""


def test_repeats_in_a_file_are_refused(shop, bora, shelf):
    run = read(shop, bora, HEAD_EN + line(1) + line(1))
    assert [row.status for row in run.rows.all()] == [RowStatus.NEW, RowStatus.REFUSED]


@pytest.mark.parametrize(
    "text",
    ["a;b\n1;2\n", HEAD_EN, "Stock code;Title;Title\nK;a;b\n"],
)
def test_a_file_that_is_none_says_so(shop, bora, shelf, text):
    run = read(shop, bora, text)
    assert run.status == ImportStatus.FAILED
    assert run.trouble


@pytest.mark.parametrize("text", ["", b"\x00\x01\x02"])
def test_what_is_no_file_at_all_is_refused_at_once(shop, bora, text):
    with pytest.raises(reading.Unreadable):
        ask(shop, bora, text)


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ";"), ("utf-8-sig", ","), ("cp1254", ";"), ("utf-8", "\t")]
)
def test_csv_as_turkish_programs_write_it(shop, bora, shelf, encoding, delimiter):
    cells = ["K-1", "Şişmiş ördek ığü", "Kedi", "standard", "allowed", '"1.234,50"', "5", "hayır"]
    text = HEAD_EN.replace(";", delimiter) + delimiter.join(cells) + "\n"
    write(read(shop, bora, text.encode(encoding)), bora)
    tag = StockRecord.objects.get()
    assert (tag.price, tag.product.title) == (Decimal("1234.50"), "Şişmiş ördek ığü")


def sheet(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_xlsx_is_read_and_formulas_are_not_computed(shop, bora, shelf):
    head = HEAD_EN.strip().split(";")
    rows = [
        head,
        ["K-1", "Mama", "Kedi", "standard", "allowed", 1234.5, 5, True],
        ["K-2", "Mama", "Kedi", "standard", "allowed", "=1+1", 5, True],
    ]
    run = read(shop, bora, sheet(rows), "urunler.xlsx")
    assert [row.status for row in run.rows.all()] == [RowStatus.NEW, RowStatus.REFUSED]
    write(run, bora)
    assert StockRecord.objects.get().price == Decimal("1234.50")


def test_a_file_that_unpacks_to_too_much_is_refused(shop, bora, shelf, monkeypatch):
    monkeypatch.setattr(reading, "MOST_UNPACKED", 1000)
    run = read(shop, bora, sheet([["Stock code"], ["K-1"]]), "urunler.xlsx")
    assert run.status == ImportStatus.FAILED


def test_too_many_rows_are_refused(shop, bora, shelf, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert read(shop, bora, HEAD_EN + line(1) + line(2) + line(3)).status == ImportStatus.FAILED


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["tr", "en"])
def test_what_goes_out_comes_back_without_a_change(shop, bora, shelf, form, language):
    product = goods.make_product(
        partner=shop.partner,
        kind=commerce.kind(),
        facts=goods.Facts(
            "=Mama",
            '\'+ - @ ; , "tırnak"\r\nsatır ',
            "8690000000005",
            "standard",
            "allowed",
            (shelf.pk,),
            texts={"en": ("Food", "")},
        ),
        offers=[goods.Offer("K-1", Decimal("1234.50"), 5, 2)],
        by=bora,
        now=timezone.now(),
    )
    commerce.weigh(product, 1500)
    commerce.choose(product, "species", "kedi", "kopek")
    with translation.override(language):
        content = text_of(files.export(shop.partner, form))
    run = read(shop, bora, content, f"urunler.{form}")
    row = run.rows.get()
    assert (row.status, row.changes, row.errors) == (RowStatus.UNCHANGED, [], [])


def test_a_killed_worker_leaves_nothing_twice(shop, bora, shelf, monkeypatch):
    monkeypatch.setattr(runs, "BUNCH", 4)
    monkeypatch.setattr(writing, "BUNCH", 4)
    run = ask(shop, bora, HEAD_EN + "".join(line(number) for number in range(10)))

    class Killed(BaseException):
        pass

    calls = {"number": 0}

    def die_at(number, original):
        def stand_in(*args, **kwargs):
            calls["number"] += 1
            if calls["number"] == number:
                raise Killed
            return original(*args, **kwargs)

        return stand_in

    monkeypatch.setattr(runs, "_keep", die_at(2, runs._keep))
    with pytest.raises(Killed):
        runs.go_on(now=timezone.now())
    assert run.rows.count() == 4
    runs.go_on(now=timezone.now())
    assert run.rows.count() == 4  # its lease still holds
    later = timezone.now() + timedelta(minutes=2)
    finish(later)
    assert run.rows.count() == 10

    runs.confirm(run=run, by=bora, now=later)
    calls["number"] = 0
    monkeypatch.setattr(ImportRow.objects, "bulk_create", die_at(2, ImportRow.objects.bulk_create))
    with pytest.raises(Killed):
        runs.go_on(now=later)
    assert Product.objects.count() == 4  # the second bunch went with its ticks
    finish(later + timedelta(minutes=2))
    run.refresh_from_db()
    assert run.status == ImportStatus.WRITTEN
    assert Product.objects.count() == StockRecord.objects.count() == PriceChange.objects.count() == 10


def test_an_import_is_taken_back(shop, bora, shelf):
    write(read(shop, bora, HEAD_EN + line(0) + line(1)), bora)
    run = write(
        read(shop, bora, HEAD_EN + line(0, price="99,00", title="Başka") + line(1, stock="9") + line(2)), bora
    )
    goods.set_stock(
        record=StockRecord.objects.get(partner_sku="K-1"),
        number=3,
        reason="counted",
        by=bora,
        now=timezone.now(),
    )
    runs.take_back(run=run, by=bora, now=timezone.now())
    finish()
    run.refresh_from_db()
    assert run.status == ImportStatus.UNDONE
    tag = StockRecord.objects.select_related("product").get(partner_sku="K-0")
    assert (tag.price, tag.product.title) == (Decimal("249.90"), "Mama 0")
    assert StockRecord.objects.get(partner_sku="K-1").num_in_stock == 3  # counted since by a person
    assert not StockRecord.objects.filter(partner_sku="K-2").exists()
    assert Product.objects.count() == 2


def test_it_stays_once_something_was_ordered(shop, bora, ayse, shelf):
    run = write(read(shop, bora, HEAD_EN + line(0) + line(1)), bora)
    commerce.placed(ayse, (Product.objects.get(title="Mama 0"), 1))
    with pytest.raises(undoing.WasSold):
        runs.take_back(run=run, by=bora, now=timezone.now())
    assert StockRecord.objects.filter(is_offered=True).count() == 2


def test_after_a_day_it_stays(shop, bora, shelf):
    run = write(read(shop, bora, HEAD_EN + line(0)), bora)
    with pytest.raises(undoing.TooLate):
        runs.take_back(run=run, by=bora, now=timezone.now() + timedelta(hours=25))


def test_one_import_at_a_time(shop, bora, shelf):
    ask(shop, bora, HEAD_EN + line(0))
    with pytest.raises(runs.OneAtATime):
        ask(shop, bora, HEAD_EN + line(0))


def test_words_that_may_not_be_sold_are_held(shop, bora, shelf):
    run = read(shop, bora, HEAD_EN + line(0, title="İvermektin damla") + line(1))
    assert runs.counts(run)["held"] == 1
    write(run, bora)
    assert Product.objects.browsable().get().title == "Mama 1"
    assert Product.objects.get(title="İvermektin damla").holds.get().words == ["ivermektin"]


def test_a_bunch_costs_the_same_for_1_and_for_20_rows(shop, bora, shelf):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = []
    for start, number in ((0, 1), (100, 20)):
        run = read(shop, bora, HEAD_EN + "".join(line(one) for one in range(start, start + number)))
        runs.confirm(run=run, by=bora, now=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            writing.Writer(run).write(timezone.now())
        finish()
        found.append(len(queries))
    assert found[0] == found[1], [query["sql"][:150] for query in queries]


def test_the_pages_of_an_import(client, shop, bora, cem, shelf):
    client.force_login(bora)
    address = f"/isletme/{shop.slug}/urunler/ice-aktar/"
    answer = client.post(
        address, {"file": SimpleUploadedFile("u.csv", (HEAD_EN + line(0) + ";x\n").encode())}
    )
    run = Import.objects.get()
    assert answer["Location"].endswith(f"{run.public_id}/")
    finish()
    page = client.get(answer["Location"]).content.decode()
    assert "K-0" in page
    assert client.get(f"{answer['Location']}durum/").status_code == 200
    assert fetched(client, f"{answer['Location']}hatalar.csv").startswith(b"\xef\xbb\xbf")
    client.post(f"{answer['Location']}yaz/")
    finish()
    assert Product.objects.count() == 1
    client.post(f"{answer['Location']}geri-al/")
    finish()
    assert not Product.objects.exists()
    assert client.post(address, {"file": SimpleUploadedFile("u.pdf", b"%PDF-1.7")}).status_code == 422
    for form in ("csv", "xlsx"):
        assert fetched(client, f"{address}sablon.{form}")
        assert fetched(client, f"{address.replace('ice-aktar/', '')}urunlerim.{form}")
    assert client.get(f"{address}sablon.exe").status_code == 404

    other = commerce.shop(cem, "Çınar Mama")
    client.force_login(cem)
    strange = f"/isletme/{other.slug}/urunler/ice-aktar/{run.public_id}/"
    for act in ("yaz/", "birak/", "geri-al/"):
        assert client.post(strange + act).status_code == 404
    assert client.get(strange).status_code == 404


def test_the_template_reads_as_it_is_written(shop, bora, shelf):
    with translation.override("tr"):
        content = text_of(files.template("csv")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert len(rows) == 2
    run = read(shop, bora, content)
    assert [row.status for row in run.rows.all()] == [RowStatus.NEW]


def test_old_imports_go_with_their_files(shop, bora, shelf):
    run = read(shop, bora, HEAD_EN + line(0))
    assert runs.delete_old(now=timezone.now()) == 0
    assert runs.delete_old(now=timezone.now() + timedelta(days=31)) > 0
    assert not run.file.storage.exists(run.file.name)
    assert not ImportRow.objects.exists()
