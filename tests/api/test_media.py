"""Pictures with their sizes and words, and documents; only what public pages use."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction

from core import renditions
from tests.factories import faq, media

pytestmark = pytest.mark.django_db
PAGES, IMAGES, DOCUMENTS = (f"/api/content/v2/{name}/" for name in ("pages", "images", "documents"))


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def ids(client, address: str) -> list[int]:
    return [item["id"] for item in client.get(address).json()["items"]]


def test_a_picture_in_a_text_comes_in_all_sizes_with_its_words(tree, client):
    made = media.image()
    page = faq.question(tree.category, "Soru", body=media.body(media.picture(made, caption="Pamuk evde")))

    value = client.get(f"{PAGES}{page.pk}/").json()["body"][0]["value"]

    assert (value["id"], value["alt"], value["caption"], value["decorative"]) == (
        made.pk,
        "Beyaz bir kedi",
        "Pamuk evde",
        False,
    )
    assert [(row["width"], row["height"]) for row in value["renditions"]] == [
        (320, 180),
        (640, 360),
        (1200, 675),
    ]
    assert (value["url"], value["width"]) == (value["renditions"][-1]["url"], 1200)
    assert value["srcset"].count("w") >= 3
    assert value["srcset"].endswith(" 1200w")


def test_a_small_picture_is_not_enlarged(tree, client):
    made = media.image(size=(200, 100))
    page = faq.question(tree.category, "Soru", body=media.body(media.picture(made, alt="")))

    value = client.get(f"{PAGES}{page.pk}/").json()["body"][0]["value"]

    assert [row["width"] for row in value["renditions"]] == [200]
    assert (value["alt"], value["decorative"]) == ("", True)


def test_a_picture_that_was_deleted_leaves_its_words(tree, client):
    made = media.image()
    page = faq.question(tree.category, "Soru", body=media.body(media.picture(made)))
    made.delete()

    assert client.get(f"{PAGES}{page.pk}/").status_code == 200


def test_one_picture_in_two_places_keeps_the_words_of_each(tree, client):
    made = media.image()
    blocks = media.body(media.picture(made, alt="önden"), media.picture(made, alt="yandan"))
    faq.question(tree.category, "Soru", body=blocks)

    answer = client.get(PAGES, {"type": "faq.QuestionPage", "fields": "body"}).json()

    assert [block["value"]["alt"] for block in answer["items"][0]["body"]] == ["önden", "yandan"]


@pytest.mark.parametrize(
    ("address", "query"),
    [
        (PAGES, {"type": "faq.QuestionPage", "fields": "*"}),
        (IMAGES, {"fields": "*"}),
        (DOCUMENTS, {"fields": "*"}),
        ("/api/content/v2/faq/", {}),
    ],
)
def test_twenty_cost_as_many_queries_as_one(tree, client, address, query):
    for number in range(20):
        blocks = media.body(media.picture(media.image(size=(400, 300))), media.link_to(media.document()))
        faq.question(tree.category, f"Soru {number}", body=blocks)
    client.get(address, query)  # makes the sizes

    counts = []
    for limit in (1, 20):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, {**query, "limit": limit}).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 14


@pytest.mark.parametrize(
    ("make", "block", "address"),
    [(media.image, media.picture, IMAGES), (media.document, media.link_to, DOCUMENTS)],
)
def test_only_what_a_public_page_uses_is_told(tree, client, make, block, address):
    """A file in an open collection may be waiting for a page that is not out yet."""
    shown, draft, waiting = make(), make(), make()
    faq.question(tree.category, "Yayında", body=media.body(block(shown)))
    faq.question(tree.category, "Taslak", body=media.body(block(draft)), live=False)
    page = faq.question(tree.category, "Yayında, yeni taslaklı")
    page.body = media.body(block(waiting))
    page.save_revision()

    assert ids(client, address) == [shown.pk]
    assert client.get(f"{address}{draft.pk}/").status_code == 404
    assert client.get(f"{address}{waiting.pk}/").status_code == 404


def test_a_restricted_collection_stays_closed(tree, client):
    closed = Collection.get_first_root_node().add_child(name="Gizli")
    below = closed.add_child(name="Daha gizli")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    made = media.image(collection=below)
    faq.question(tree.category, "Soru", body=media.body(media.picture(made)))

    assert ids(client, IMAGES) == []


def test_a_picture_tells_its_words_and_neither_file_nor_notes(tree, client):
    made = media.image(description="Uyuyan kedi")
    made.tags.add("içeride")
    faq.question(tree.category, "Soru", body=media.body(media.picture(made)))

    answer = client.get(f"{IMAGES}{made.pk}/")

    assert answer.json()["alt"] == "Uyuyan kedi"
    assert len(answer.json()["rendition"]["renditions"]) == len(renditions.SIZES)
    assert made.file.name not in answer.content.decode()
    assert "içeride" not in answer.content.decode()
