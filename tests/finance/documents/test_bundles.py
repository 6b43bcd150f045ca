"""Many documents as one file, made in the background."""

from __future__ import annotations

import errno
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from pypdf import PdfReader

from core import journal
from finance.documents import bundles, files
from finance.errors import NothingToBundle, TooManyBundles, TooManyDocuments
from finance.models import Bundle, BundleStatus, Document
from notifications.models import Notice
from tests.factories import teams
from tests.factories.finance import invoice, ready_bundle

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def shop(bora):
    return teams.verified(bora)


def ask(user, form="zip", rows=None):
    rows = Document.objects.of_person(user) if rows is None else rows
    return bundles.ask(by=user, documents=rows, form=form, name="belgeler", now=NOW())


def names(made) -> list[str]:
    with made.file.open() as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return [info.filename for info in archive.infolist()]


def test_a_zip_of_all(shop, ayse):
    rows = [invoice(shop, ayse) for _ in range(3)]
    made = ready_bundle(ayse)
    assert names(made) == [row.path_in_zip for row in rows]
    assert (made.status, made.done, made.total, made.size) == ("ready", 3, 3, made.file.size)


def test_one_pdf_of_all(shop, ayse):
    [invoice(shop, ayse) for _ in range(3)]
    made = ask(ayse, "pdf")
    assert bundles.go_on(now=NOW()) == 1
    made.refresh_from_db()
    with made.file.open() as file:
        assert len(PdfReader(io.BytesIO(file.read())).pages) == 3


def test_when_time_is_over_the_next_run_goes_on(shop, ayse, monkeypatch):
    monkeypatch.setattr(bundles, "STEP", 1)
    [invoice(shop, ayse) for _ in range(3)]
    made = ask(ayse)
    assert bundles.make(bundle=made, now=NOW(), seconds=0) is False
    made.refresh_from_db()
    assert (made.status, made.done, made.lease_until) == ("working", 1, None)
    assert bundles.go_on(now=NOW()) == 1


def test_two_workers_do_not_make_the_same(shop, ayse):
    invoice(shop, ayse)
    made = ask(ayse)
    Bundle.objects.update(lease_until=NOW() + timedelta(seconds=60))
    assert bundles.make(bundle=made, now=NOW()) is False
    assert bundles.make(bundle=made, now=NOW() + timedelta(seconds=61)) is True


def test_a_lost_file_is_drawn_again(shop, ayse):
    row = invoice(shop, ayse)
    files.make(document=row, now=NOW())
    row.file.storage.delete(row.file.name)
    assert len(names(ready_bundle(ayse))) == 1


def test_without_room_it_fails_after_some_tries_and_says_so(shop, ayse, monkeypatch):
    invoice(shop, ayse)
    made = ask(ayse)

    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)
    for _try in range(bundles.MOST_TRIES):
        assert bundles.go_on(now=NOW()) == 0
    made.refresh_from_db()
    assert made.status == BundleStatus.FAILED
    journal.sweep()
    assert Notice.objects.get(recipient=ayse).kind == "finance.bundle_failed"


def test_who_asked_is_told_when_it_is_ready(shop, ayse):
    invoice(shop, ayse)
    ready_bundle(ayse)
    journal.sweep()
    assert Notice.objects.get(recipient=ayse).kind == "finance.bundle_ready"


def test_limits(shop, ayse, monkeypatch):
    with pytest.raises(NothingToBundle):
        ask(ayse)
    invoice(shop, ayse), invoice(shop, ayse)
    monkeypatch.setitem(bundles.MOST, "zip", 1)
    with pytest.raises(TooManyDocuments):
        ask(ayse)
    for _ in range(bundles.MOST_OPEN):
        ask(ayse, "pdf")
    with pytest.raises(TooManyBundles):
        ask(ayse, "pdf")


def test_after_a_week_file_and_row_are_gone(shop, ayse):
    invoice(shop, ayse)
    made = ready_bundle(ayse)
    bundles.delete_old(now=NOW() + timedelta(days=8))
    assert not made.file.storage.exists(made.file.name)
    assert not Bundle.objects.exists()
