"""What a person was shown and accepted at sign-up is recorded, each document for itself."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from legal.models import Acceptance, Mode, NoticeRead
from tests.factories import faq, legal

from .conftest import SIGN_UP, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> faq.Tree:
    return faq.tree()


@pytest.fixture
def asked(tree):
    """The notice and the terms in force, and what the form sends when the box is ticked."""
    notice, terms = legal.papers(tree)
    return notice, terms, {"paper_kvkk": str(notice.pk), "paper_kosullar": str(terms.pk)}


def box(answer, document: str) -> str:
    return re.search(
        rf'<input type="checkbox" name="paper_{document}"[^>]*>', answer.content.decode()
    ).group()


def test_notice_and_terms_are_two_records_of_what_was_shown(client, asked):
    notice, terms, posted = asked
    sign_up(client, "elif@ornek.test", **posted)

    read, accepted = NoticeRead.objects.get(), Acceptance.objects.get()
    assert (read.version, accepted.version) == (notice, terms)
    for row in (read, accepted):
        assert (row.user.email, row.context, row.locale, row.channel, row.ip) == (
            "elif@ornek.test",
            "signup",
            "tr",
            "web",
            "127.0.0.1",
        )


def test_the_box_is_empty_and_the_notice_has_none(client, asked):
    notice, terms, _ = asked
    answer = client.get(SIGN_UP)
    body = answer.content.decode()

    assert "checked" not in body
    assert f'value="{terms.pk}"' in box(answer, "kosullar")
    assert body.count('type="checkbox"') - body.count('name="allow"') == 1
    assert f'<input type="hidden" name="paper_kvkk" value="{notice.pk}">' in body
    for address in ("/hukuki/kvkk/v1/", "/hukuki/kosullar/v1/"):
        assert f'href="http://localhost{address}"' in body or f'href="{address}"' in body


def test_without_the_tick_no_account_is_opened(client, asked):
    answer = sign_up(client, "elif@ornek.test", paper_kvkk=asked[2]["paper_kvkk"])

    assert "Metni kabul ediyorsan kutuyu işaretle" in answer.content.decode()
    assert 'aria-invalid="true"' in box(answer, "kosullar")
    assert 'value="elif@ornek.test"' in answer.content.decode()
    assert not User.objects.exists()


def test_a_tick_stays_while_another_field_is_corrected(client, asked):
    answer = sign_up(client, "elif@ornek.test", **asked[2], first_name="")

    assert " checked" in box(answer, "kosullar")


def test_a_version_that_was_replaced_meanwhile_is_asked_anew(client, asked):
    _, terms, posted = asked
    new = legal.publish(legal.page_of(terms), clauses=legal.clauses(iade_2="Bambaşka bir metin."))

    answer = sign_up(client, "elif@ornek.test", **posted)

    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="elif@ornek.test"' in body, "what was typed is kept"
    assert "daha yeni bir sürüm yürürlüğe girdi" in body
    assert "checked" not in box(answer, "kosullar"), "the tick was for the text before"
    assert f'value="{new.pk}"' in box(answer, "kosullar")
    assert not User.objects.exists()

    sign_up(client, "elif@ornek.test", **posted | {"paper_kosullar": str(new.pk)})
    assert Acceptance.objects.get().version == new


def test_a_notice_that_was_replaced_meanwhile_is_shown_anew(client, asked):
    notice, _, posted = asked
    new = legal.publish(legal.page_of(notice), clauses=legal.clauses(iade_2="Bambaşka bir metin."))

    answer = sign_up(client, "elif@ornek.test", **posted)

    body = answer.content.decode()
    assert f'<input type="hidden" name="paper_kvkk" value="{new.pk}">' in body
    assert 'href="#id_paper_kvkk"' in body
    assert 'id="id_paper_kvkk"' in body
    assert not NoticeRead.objects.exists()


@pytest.mark.parametrize("odd", ["", "0", "yes", "9" * 40, "1 OR 1=1", "<b>"])
def test_only_the_version_in_force_can_be_accepted(client, asked, odd):
    assert sign_up(client, "elif@ornek.test", **asked[2] | {"paper_kosullar": odd}).status_code == 200
    assert not User.objects.exists()


def test_a_taken_address_records_nothing_for_its_owner(client, asked, ayse):
    sign_up(client, ayse.email, **asked[2])

    assert not Acceptance.objects.exists()
    assert not NoticeRead.objects.exists()


def test_account_and_records_come_together_or_not_at_all(client, asked):
    """The table refuses the record: no account without it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE legal_acceptance ADD CONSTRAINT nothing_today CHECK (context <> 'signup')"
        )
    client.raise_request_exception = False

    assert sign_up(client, "elif@ornek.test", **asked[2]).status_code == 500
    assert not User.objects.exists()


def test_english_readers_get_the_binding_text_too(client, asked):
    posted = {
        "first_name": "Al",
        "last_name": "Su",
        "email": "al@ornek.test",
        "password1": "sabah kahvesi ve kedi",
    }
    client.post("/en/hesap/kayit/", posted | asked[2])

    assert Acceptance.objects.get().locale == "en"


def test_many_documents_cost_as_many_queries_as_one(client, tree, asked):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(SIGN_UP).status_code == 200
        return len(seen)

    cost()
    few = cost()
    below = legal.index(tree)
    for number in range(19):
        legal.publish(
            legal.document(below, key=f"belge-{number}", slug=f"belge-{number}", mode=Mode.EXPLICIT)
        )
    assert cost() == few
