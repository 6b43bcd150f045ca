"""The legal section as readers get it."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from legal import services
from legal.models import Version
from tests.factories import faq, legal

pytestmark = pytest.mark.django_db
NEW = "İptal edilen işlemin bedeli en geç iki saat sonra iade edilir."


def html(client, path: str, status: int = 200, **query) -> str:
    answer = client.get(path, query)
    assert answer.status_code == status
    return answer.content.decode()


def cost(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        html(client, path)
    return len(captured)


@pytest.fixture
def two(document) -> list[Version]:
    """The first version in force, the second announced."""
    later = timezone.localdate() + datetime.timedelta(days=30)
    return [
        legal.publish(document),
        legal.publish(
            document, clauses=legal.clauses(iade_2=NEW), effective_from=later, changes="İade iki saate indi."
        ),
    ]


def test_the_document_shows_the_version_in_force(document, two, client):
    body = html(client, "/hukuki/iade/")

    assert "İptal edilen işlemin bedeli aynı gün iade edilir." in body
    assert two[0].short_sha in body
    for key in ("iade-1", "iade-2", "iade-3"):
        assert f'id="{key}"' in body
        assert f'href="#{key}"' in body
    assert "Aynı gün göndeririz." in body
    assert body.count("<h1") == 1
    assert 'rel="canonical" href="http://localhost/hukuki/iade/"' in body


def test_the_coming_version_is_announced_with_day_summary_and_difference(document, two, client):
    body = html(client, "/hukuki/iade/")

    assert "İade iki saate indi." in body
    assert 'href="/hukuki/iade/fark/?a=1&amp;b=2"' in body
    assert 'href="/hukuki/iade/v2/"' in body
    assert "<ins>" in body


def test_an_old_version_says_so_and_names_the_current_one(document, client):
    legal.publish(document)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW))

    body = html(client, "/hukuki/iade/v1/")

    assert "aynı gün iade edilir" in body
    assert "en geç iki saat" not in body.split("legal-versions")[0]
    assert 'rel="canonical" href="http://localhost/hukuki/iade/"' in body
    assert "notice--warn" in body


def test_a_draft_leaks_nowhere(document, two, client):
    page = document.__class__.objects.get(pk=document.pk)
    page.clauses = document._meta.get_field("clauses").to_python(legal.clauses(iade_3="Gizli taslak."))
    page.save_revision()

    addresses = ["", "iade/", "iade/v1/", "iade/v2/", "iade/fark/"]
    assert not [path for path in addresses if "Gizli taslak" in html(client, f"/hukuki/{path}")]
    html(client, "/hukuki/iade/v3/", status=404)
    api = client.get(f"/api/content/v2/pages/{page.pk}/")
    assert "Gizli taslak" not in api.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "v0/",
        "v9/",
        "v99999999999999999999999/",
        "vx/",
        "fark/?a=1&b=9",
        "fark/?a=x&b=2",
        "fark/?a=1%20OR%201=1&b=2",
        "fark/?a=" + "1" * 10_000,
    ],
)
def test_versions_that_do_not_exist_are_not_found(document, two, client, path):
    assert client.get(f"/hukuki/iade/{path}").status_code == 404


def test_comparing_needs_two_versions(document, client):
    legal.publish(document)

    html(client, "/hukuki/iade/fark/", status=404)


def test_two_versions_are_compared_clause_by_clause(document, two, client):
    body = html(client, "/hukuki/iade/fark/", a="1", b="2")
    changed = re.search(r'<section class="diff" id="iade-2".*?</section>', body, re.S)[0]

    assert re.search(r"<del>.*?aynı gün.*?</del>", changed, re.S)
    assert re.search(r"<ins>.*?en geç iki saat sonra.*?</ins>", changed, re.S)
    assert 'class="diff" id="iade-1"' not in body
    assert "noindex" in body


def test_a_clause_cannot_carry_script(section, client):
    document = legal.document(section, clauses=legal.clauses(iade_1="<script>alert(1)</script> metin"))
    document.save_revision().publish()

    body = html(client, "/hukuki/iade/")

    assert "<script>alert" not in body
    assert "metin" in body


def test_the_index_lists_documents_versions_and_changes(document, two, client):
    services.list_announcement(
        data={
            "title": "Sistem duyurusu",
            "summary": "Kısa.",
            "url": "/blog/duyuru/",
            "locale": "tr",
            "translation_key": "6a0e4a8e-5f0c-4f0e-9d35-2d1c1f3c7a11",
            "at": timezone.now().isoformat(),
        }
    )

    body = html(client, "/hukuki/")

    assert 'href="/hukuki/iade/"' in body
    assert body.count('href="/hukuki/iade/v2/"') == 2
    assert 'href="/blog/duyuru/"' in body
    assert "<s>" not in body


def test_a_retracted_announcement_is_struck_and_said_so(document, client):
    legal.publish(document)
    data = {
        "title": "Sistem duyurusu",
        "url": "/blog/duyuru/",
        "locale": "tr",
        "translation_key": "6a0e4a8e-5f0c-4f0e-9d35-2d1c1f3c7a11",
        "at": timezone.now().isoformat(),
    }
    services.list_announcement(data=data | {"summary": "Kısa."})
    services.list_announcement(data=data | {"summary": "Kısa."})
    services.strike_announcement(data=data | {"note": "Tarih yanlıştı."})

    body = html(client, "/hukuki/")

    assert body.count("Sistem duyurusu") == 1
    assert "<s>" in body
    assert "Tarih yanlıştı." in body
    assert "Geri çekildi" in body


def test_pages_cost_the_same_for_few_and_many(section, document, client):
    legal.publish(document)
    html(client, "/hukuki/")
    few = cost(client, "/hukuki/"), cost(client, "/hukuki/iade/")
    for number in range(12):
        other = legal.document(section, key=f"belge-{number}")
        legal.publish(other)
        legal.publish(document, clauses=legal.clauses(iade_2=f"Metin {number}."))

    assert (cost(client, "/hukuki/"), cost(client, "/hukuki/iade/")) == few
    assert max(few) <= 17


def test_english_says_that_only_turkish_binds(tree, section, document, client):
    english = legal.section(faq.tree("en", of=tree), translation_key=section.translation_key, slug="legal")
    twin = legal.document(english, slug="refund", title="Refunds", translation_key=document.translation_key)
    legal.publish(document)
    legal.publish(twin)

    body = html(client, "/en/legal/refund/")

    assert "Only the Turkish text binds." in body
    assert 'href="/hukuki/iade/"' in body
    assert 'hreflang="tr" href="http://localhost/hukuki/iade/"' in body
    assert "Only the Turkish" not in html(client, "/hukuki/iade/")


def test_the_api_gives_the_version_in_force(document, two, client):
    answer = client.get("/api/content/v2/pages/?type=legal.DocumentPage&fields=*").json()["items"][0]

    assert answer["version"]["number"] == 1
    assert answer["version"]["clauses"][1]["key"] == "iade-2"
    assert answer["coming"]["number"] == 2
    assert [one["number"] for one in answer["versions"]] == [2, 1]


def test_the_api_costs_the_same_for_one_document_and_many(section, document, client):
    address = "/api/content/v2/pages/?type=legal.DocumentPage&fields=*&limit=50"
    legal.publish(document)
    html(client, address)
    few = cost(client, address)
    for number in range(9):
        legal.publish(legal.document(section, key=f"belge-{number}"))

    assert cost(client, address) == few


def test_live_block_lists_the_registry(section, client):
    body = json.dumps([{"type": "live", "value": "legal.cookies"}])
    document = legal.document(section, key="cerezler", body=body)
    legal.publish(document)

    page = html(client, "/hukuki/cerezler/")

    for name in ("sessionid", "csrftoken", "cerez", "theme"):
        assert f"<code>{name}</code>" in page
