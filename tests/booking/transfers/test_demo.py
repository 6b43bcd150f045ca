"""The demo: a quote that waits, a request, and an animal on the road; loaded twice it is the same."""

import pytest
from django.core.management import call_command

from booking.transfers import demo
from booking.transfers.models import TrackingEvent, TransferJob, TransferRequest

pytestmark = pytest.mark.django_db


def test_demo_content():
    call_command("load_demo", force=True, verbosity=0)
    found = sorted(TransferRequest.objects.values_list("status", flat=True))
    assert found == ["accepted", "asked", "quoted"]
    job = TransferJob.objects.get()
    assert (job.status, job.booking.status) == ("in_transit", "in_service")
    assert TrackingEvent.objects.exclude(photo="").count() == 3
    demo.load()
    assert TransferRequest.objects.count() == 3
