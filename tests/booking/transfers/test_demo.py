"""The demo: a quote that waits, a request, and an animal on the road; loaded twice it is the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from booking.transfers import demo
from booking.transfers.models import TrackingEvent, TransferJob, TransferRequest
from tests import database

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), database.demo_clone("transfers"):
        yield


def test_demo_content():
    found = sorted(TransferRequest.objects.values_list("status", flat=True))
    assert found == ["accepted", "asked", "quoted"]
    job = TransferJob.objects.get()
    assert (job.status, job.booking.status) == ("in_transit", "in_service")
    assert TrackingEvent.objects.exclude(photo="").count() == 3
    demo.load()
    assert TransferRequest.objects.count() == 3
