"""Publishing, the life of versions, acceptances, announcements."""

from __future__ import annotations

import datetime
import threading

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.models import Line
from core.states import MoveRefused
from legal import events, services
from legal.errors import NotAsked, NotInForce
from legal.models import Acceptance, Clause, DocumentPage, Mode, NoticeRead, Version
from legal.states import MOVES, Status
from legal.tasks import bring_into_force
from tests.factories import legal

pytestmark = pytest.mark.django_db
NEW = "İptal edilen işlemin bedeli en geç iki saat sonra iade edilir."


def days(count: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=count)


def statuses(document: str = "iade") -> dict[int, str]:
    return dict(Version.objects.filter(document=document).values_list("number", "status"))


# --- Publishing ---------------------------------------------------------------------------


def test_publishing_makes_a_version_with_its_clauses(document):
    version = legal.publish(document)

    assert (version.number, version.status, version.effective_from) == (1, Status.EFFECTIVE, days(0))
    assert [(row.key, row.order) for row in version.clauses.all()] == [
        ("iade-1", 0),
        ("iade-2", 1),
        ("iade-3", 2),
    ]
    assert version.clauses.get(key="iade-2").text == "İptal edilen işlemin bedeli aynı gün iade edilir."
    assert len(version.sha256) == 64


def test_publishing_by_an_editor_makes_a_version(document, admin):
    document.save_revision(user=admin).publish()

    assert statuses() == {1: "effective"}
    line = Line.objects.get(name=events.PUBLISHED)
    assert line.actor == admin
    assert line.data == {
        "document": "iade",
        "title": "İptal ve iade koşulları",
        "number": 1,
        "url": "/hukuki/iade/v1/",
        "summary": "",
        "effective_from": days(0).isoformat(),
        "locale": "tr",
        "mode": "notify",
    }


def test_publishing_the_same_text_makes_no_version(document):
    legal.publish(document)

    assert (
        legal.publish(document, summary="Yeni özet", changes="Bir şey değişmedi", mode=Mode.EXPLICIT) is None
    )
    assert statuses() == {1: "effective"}


def test_a_draft_makes_no_version(document):
    document.save_revision()

    assert not Version.objects.exists()


def test_a_new_text_replaces_the_old_one_on_the_same_day(document):
    legal.publish(document)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW))

    assert statuses() == {1: "superseded", 2: "effective"}
    assert Version.objects.get(number=1).superseded_on == days(0)


def test_a_later_day_leaves_the_old_text_in_force_until_then(document):
    legal.publish(document)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW), effective_from=days(30))
    assert statuses() == {1: "effective", 2: "scheduled"}

    assert services.bring_into_force(today=days(29)) == 0
    assert services.bring_into_force(today=days(30)) == 1
    assert services.bring_into_force(today=days(30)) == 0

    assert statuses() == {1: "superseded", 2: "effective"}
    first = Version.objects.get(number=1)
    assert (first.superseded_on, first.last_day) == (days(30), days(29))
    assert Line.objects.filter(name=events.EFFECTIVE).count() == 2


def test_a_version_begins_when_its_local_day_begins(document):
    """23:59:59 in Istanbul is 20:59:59 in UTC."""
    with time_machine.travel("2026-12-31T12:00:00Z", tick=False):
        legal.publish(document)
        legal.publish(document, clauses=legal.clauses(iade_2=NEW), effective_from=datetime.date(2027, 1, 1))
    with time_machine.travel("2026-12-31T20:59:59Z", tick=False):
        bring_into_force()
        assert statuses() == {1: "effective", 2: "scheduled"}
    with time_machine.travel("2026-12-31T21:00:00Z", tick=False):
        bring_into_force()
        assert statuses() == {1: "superseded", 2: "effective"}


def test_a_missed_night_is_made_up_for_by_the_newest(document):
    legal.publish(document)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW), effective_from=days(1))
    legal.publish(document, clauses=legal.clauses(iade_3="Başka."), effective_from=days(2))

    assert services.bring_into_force(today=days(5)) == 1
    assert statuses() == {1: "superseded", 2: "superseded", 3: "effective"}


def test_an_announced_version_is_overtaken_by_a_correction(document):
    legal.publish(document)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW), effective_from=days(30))
    legal.publish(document, clauses=legal.clauses(iade_2=NEW + " Düzeltildi."), effective_from=days(30))

    assert statuses() == {1: "effective", 2: "superseded", 3: "scheduled"}
    assert not Version.objects.get(number=2).was_in_force


def test_a_day_that_has_passed_becomes_today(document):
    """An approval can come later than the day an editor had planned."""
    version = legal.publish(document, effective_from=days(-3))

    assert (version.effective_from, version.status) == (days(0), Status.EFFECTIVE)


def test_each_language_counts_its_own_numbers(tree, section, document):
    from tests.factories import faq

    legal.publish(document)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW))
    english = legal.section(faq.tree("en", of=tree), translation_key=section.translation_key)
    twin = legal.document(english, title="Refunds", translation_key=document.translation_key)

    version = legal.publish(twin)

    assert (version.number, version.translated_number, version.is_binding) == (1, 2, False)


def test_a_copied_page_publishes_nothing_under_a_foreign_key(section, document):
    legal.publish(document)
    copy = legal.document(section, slug="kopya", clauses=legal.clauses(iade_2=NEW))

    assert legal.publish(copy) is None
    assert statuses() == {1: "effective"}


def test_changed_and_removed_clauses_are_told(document):
    legal.publish(document)
    assert not Line.objects.filter(name=events.CLAUSE_CHANGED).exists()
    rows = [row for row in legal.CLAUSES if row[0] != "iade-3"]

    legal.publish(document, clauses=legal.clauses(rows, iade_2=NEW))

    told = {line.data["clause"]: line.data for line in Line.objects.filter(name=events.CLAUSE_CHANGED)}
    assert set(told) == {"iade-2", "iade-3"}
    assert told["iade-2"] == {
        "document": "iade",
        "clause": "iade-2",
        "number": 2,
        "locale": "tr",
        "old": "Aynı gün iade: İptal edilen işlemin bedeli aynı gün iade edilir.",
        "new": f"Aynı gün iade: {NEW}",
        "url": "/hukuki/iade/v2/#iade-2",
    }
    assert told["iade-3"]["new"] == ""


def test_new_brief_or_form_makes_a_version_but_no_changed_clause(document):
    legal.publish(document)
    rows = [(key, heading, f"<b>{text}</b>", "Başka kısaca.") for key, heading, text, _ in legal.CLAUSES]

    assert legal.publish(document, clauses=legal.clauses(rows)).number == 2
    assert not Line.objects.filter(name=events.CLAUSE_CHANGED).exists()


@pytest.mark.django_db(transaction=True)
def test_rivals_get_numbers_without_a_gap(transactional_db):
    from tests.factories import faq

    document = legal.document(legal.section(faq.tree()))
    errors: list[BaseException] = []

    def work(place: int) -> None:
        try:
            page = DocumentPage.objects.get(pk=document.pk)
            page.clauses = legal.clauses(iade_2=f"Metin {place}.")
            page.clauses = DocumentPage._meta.get_field("clauses").to_python(page.clauses)
            services.publish(page=page, now=timezone.now())
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sorted(statuses()) == [1, 2, 3, 4, 5, 6]
    assert list(statuses().values()).count("effective") == 1


# --- The database refuses -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("legal_version", "title = 'Başka'"),
        ("legal_version", "effective_from = '2020-01-01'"),
        ("legal_version", "sha256 = repeat('0', 64)"),
        ("legal_version", "number = 7"),
        ("legal_version", "published_at = now() - interval '1 year'"),
        ("legal_version", "clauses_total = 9"),
        ("legal_version", "status = 'scheduled'"),
        ("legal_clause", "html = 'Başka'"),
        ("legal_clause", "brief = 'Başka'"),
        ("legal_clause", '"order" = 8'),
        ("legal_acceptance", "at = now() - interval '1 year'"),
        ("legal_noticeread", "context = 'başka'"),
    ],
)
def test_what_was_published_cannot_be_changed(document, ayse, table, change):
    version = legal.publish(document)
    services.accept(user=ayse, version=version, context="test", now=timezone.now())
    services.note_read(user=ayse, version=version, context="test", now=timezone.now())

    for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("table", ["version CASCADE", "clause", "acceptance", "noticeread"])
def test_what_was_published_cannot_be_emptied_away(document, ayse, table):
    version = legal.publish(document)
    services.accept(user=ayse, version=version, context="test", now=timezone.now())

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="cannot be emptied"), transaction.atomic():
            cursor.execute(f"TRUNCATE legal_{table}")


def test_a_published_version_takes_no_more_clauses(document):
    version = legal.publish(document)

    with pytest.raises(IntegrityError), transaction.atomic():
        Clause.objects.create(version=version, key="yeni", order=3, heading="Yeni", html="x", sha256="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clause.objects.create(version=version, key="yeni", order=2, heading="Yeni", html="x", sha256="0" * 64)


def test_numbers_cannot_be_skipped_nor_versions_begin_in_force(document):
    version = legal.publish(document)
    fields = {
        field.attname: getattr(version, field.attname)
        for field in Version._meta.concrete_fields
        if field.attname != "id"
    }

    for wrong in ({"number": 3, "status": "scheduled"}, {"number": 1, "status": "scheduled"}, {"number": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.create(**fields | wrong)


def test_two_versions_cannot_be_in_force_at_once(document):
    legal.publish(document)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW), effective_from=days(9))

    with pytest.raises(IntegrityError, match="one_version_is_in_force"), transaction.atomic():
        Version.objects.filter(number=2).update(status=Status.EFFECTIVE)


@pytest.mark.parametrize("source", Status.values)
@pytest.mark.parametrize("target", Status.values)
def test_status_moves_by_the_table_only(document, source, target):
    legal.publish(document)
    version = legal.publish(document, clauses=legal.clauses(iade_2=NEW), effective_from=days(9))
    MOVES.move(Version.objects.get(number=1), Status.SUPERSEDED, event="test")
    for step in {"effective": ["effective"], "superseded": ["superseded"]}.get(source, []):
        MOVES.move(version, step, event="test")

    if MOVES.allows(source, target):
        MOVES.move(version, target, event="test")
    else:
        with pytest.raises(MoveRefused):
            MOVES.move(version, target, event="test")
        if source != target:
            with pytest.raises(IntegrityError), transaction.atomic():
                Version.objects.filter(pk=version.pk).update(status=target)


# --- Acceptances and notices --------------------------------------------------------------


def test_an_acceptance_keeps_its_facts_and_is_given_once(document, ayse):
    version = legal.publish(document, mode=Mode.EXPLICIT)
    now = timezone.now()
    facts = {"context": "panel", "ip": "192.0.2.7", "locale": "en", "channel": "web"}

    first = services.accept(user=ayse, version=version, now=now, **facts)
    again = services.accept(user=ayse, version=version, now=now, **facts)

    assert first == again
    row = Acceptance.objects.get()
    assert (row.version, row.context, row.at, row.ip, row.locale, row.channel) == (
        version,
        "panel",
        now,
        "192.0.2.7",
        "en",
        "web",
    )
    assert Line.objects.filter(name=events.ACCEPTED).count() == 1
    assert not NoticeRead.objects.exists()


def test_only_a_version_in_force_can_be_accepted(document, ayse):
    legal.publish(document)
    version = legal.publish(document, clauses=legal.clauses(iade_2=NEW), effective_from=days(9))

    with pytest.raises(NotInForce):
        services.accept(user=ayse, version=version, context="panel", now=timezone.now())


def test_a_notice_is_read_not_accepted(document, ayse):
    version = legal.publish(document, kind="notice")

    with pytest.raises(NotAsked):
        services.accept(user=ayse, version=version, context="panel", now=timezone.now())
    services.note_read(user=ayse, version=version, context="signup", now=timezone.now())

    assert NoticeRead.objects.get().context == "signup"
    assert not Acceptance.objects.exists()
