"""/kanitlar/: every proof with its last result, good or bad, and the answers that rest on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from core import proofs
from core.models import ProofResult
from tests.factories import faq

pytestmark = pytest.mark.django_db


def test_every_proof_stands_with_what_it_found(client, tree):
    proofs.check_all()
    ProofResult.objects.filter(code="faq.two_clicks").update(state="failed", public="Bir yanıt kayıp.")
    page = faq.question(tree.category, "Nasıl bulurum?", claims=["faq.two_clicks"])

    body = client.get("/kanitlar/").content.decode()

    for proof in proofs.every():
        assert escape(str(proof.title)) in body
    assert body.index("Bir yanıt kayıp.") < body.index("Doğrulandı"), "what does not hold comes first"
    assert f'href="{page.url}"' in body


def test_nothing_checked_yet_is_said(client, tree):
    assert "Henüz hiçbir şey denetlenmedi." in client.get("/kanitlar/").content.decode()
    assert client.get("/en/kanitlar/").status_code == 200


def test_it_costs_the_same_for_one_answer_and_twenty(client, tree):
    proofs.check_all()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/kanitlar/").status_code == 200
        return len(queries)

    faq.question(tree.category, "Birinci?", claims=["faq.two_clicks"])
    cost()
    few = cost()
    for number in range(19):
        faq.question(tree.category, f"Soru {number}?", claims=["faq.two_clicks"])
    assert cost() == few
