"""Month start under a frozen clock: one issue of the month that has ended, by Istanbul's calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from blog.services import retract
from core.models import Line
from newsletter import services
from newsletter.models import Issue
from newsletter.services import assembling
from tests.factories import blog as posts

ISTANBUL = ZoneInfo("Europe/Istanbul")
pytestmark = pytest.mark.django_db


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ISTANBUL)


def post(blog, title: str, moment: datetime, **fields):
    return posts.post(blog, title, first_published_at=moment, **fields)


def titles(issue: Issue) -> list[str]:
    from newsletter import queries

    return [piece.title for piece in queries.pieces(queries.items_of(issue), "tr")]


@pytest.mark.parametrize(
    ("now", "month"),
    [
        (at(2026, 6, 1, 0, 0), date(2026, 5, 1)),
        (at(2026, 5, 31, 23, 59), date(2026, 4, 1)),
        (at(2027, 1, 1, 0, 0), date(2026, 12, 1)),  # year end: still the old year in UTC
        (at(2028, 2, 29, 12, 0), date(2028, 1, 1)),
        (at(2028, 3, 1, 0, 0), date(2028, 2, 1)),  # a February of 29 days
        (at(2027, 3, 1, 0, 0), date(2027, 2, 1)),
        (at(2026, 7, 19, 8, 0), date(2026, 6, 1)),  # the worker slept through the month's beginning
    ],
)
def test_one_issue_for_the_month_that_has_ended(now, month):
    assert services.assemble(now=now).month == month
    assert services.assemble(now=now) is None
    assert services.assemble(now=now.astimezone(ZoneInfo("UTC"))) is None
    assert Issue.objects.count() == 1
    assert Line.objects.filter(name="newsletter.issue_assembled").count() == 1


def test_every_ten_minutes_for_two_years_makes_one_a_month():
    """Each hour around each month's beginning, over two year ends and a 29 February."""
    for number in range(26):
        year, month = divmod(2026 * 12 + 10 + number, 12)
        first = at(year, month + 1, 1, 0)
        for hours in (-1, 0, 0, 1, 24, 24 * 14):
            services.assemble(now=first + timedelta(hours=hours))
    months = list(Issue.objects.order_by("month").values_list("month", flat=True))
    assert months == sorted(set(months))
    assert (months[0], months[-1], len(months)) == (date(2026, 9, 1), date(2028, 11, 1), 27)


def test_it_holds_what_was_published_in_that_month(blog, admin):
    post(blog, "Nisan sonu", at(2028, 1, 31, 23, 59))
    post(blog, "İlk an", at(2028, 2, 1, 0, 0))
    post(blog, "Artık gün", at(2028, 2, 29, 23, 59))
    post(blog, "Mart", at(2028, 3, 1, 0, 0))
    issue = services.assemble(now=at(2028, 3, 1, 0, 5))
    assert titles(issue) == ["İlk an", "Artık gün"]
    assert issue.subject_tr == "Diji.vet bülteni: Şubat 2028"
    assert issue.subject_en == "Diji.vet newsletter: February 2028"


def test_announcements_stand_first_and_retracted_ones_never(blog, admin):
    now = timezone.localtime()
    month = now.date().replace(day=1)
    posts.post(blog, "Yazı", days=0)
    posts.announced(blog, "Duyuru")
    posts.announced(blog, "Yalnız panele", channels=["panel"])
    posts.announced(blog, "Bültene de", channels=["panel", "newsletter"])
    wrong = posts.announced(blog, "Yanlış")
    retract(post=wrong, notes={"tr": "Yanlıştı."}, by=admin, now=timezone.now())
    following = (month + timedelta(days=32)).replace(day=1)
    issue = services.assemble(now=at(following.year, following.month, 1))
    assert titles(issue) == ["Duyuru", "Bültene de", "Yazı"]


def test_a_restricted_post_or_one_taken_down_is_not_in_it(blog):
    from wagtail.models import PageViewRestriction

    post(blog, "Taslak", at(2026, 5, 3), live=False)
    closed = post(blog, "Kapalı", at(2026, 5, 3))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    issue = services.assemble(now=at(2026, 6, 1))
    assert titles(issue) == []


def test_the_database_holds_one_issue_a_month():
    services.assemble(now=at(2026, 6, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.create(month=date(2026, 5, 1), assembled_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.create(month=date(2026, 6, 2), assembled_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_make_one(blog):
    post(blog, "Yazı", at(2026, 5, 3))
    start, made = Barrier(2), []

    def work() -> None:
        start.wait(10)
        made.append(services.assemble(now=at(2026, 6, 1)))
        connection.close()

    rivals = [Thread(target=work) for _ in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join(30)
    assert len(made) == 2
    assert Issue.objects.count() == 1
    assert Issue.objects.get().items.count() == 1
    assert assembling.month_before(date(2026, 3, 31)) == date(2026, 2, 1)
