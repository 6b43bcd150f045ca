"""The Atom feeds: valid, whole, stable, cheap to ask again."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from blog import feeds, services
from blog.models import PostPage
from tests.factories import blog as make

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client, path: str = "/blog/atom.xml") -> ET.Element:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314


def texts(root: ET.Element, path: str) -> list[str]:
    return [element.text or "" for element in root.findall(path, ATOM)]


def test_a_feed_has_what_the_standard_asks_for(blog, client):
    page = make.post(blog, "Yazı", days=2, tags=("Kış bakımı",), author=make.author(blog.locale))

    root = feed(client)

    assert texts(root, "a:title") == ["Blog · Diji.vet"]
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "tr"
    assert texts(root, "a:author/a:name") == ["Diji.vet"]
    assert [link.get("rel") for link in root.findall("a:link", ATOM)] == ["alternate", "self"]
    assert texts(root, "a:id")[0].startswith("urn:uuid:")
    assert texts(root, "a:entry/a:id") == [feeds.entry_id(page)]
    assert texts(root, "a:entry/a:author/a:name") == ["Yayın ekibi"]
    assert [tag.get("term") for tag in root.findall("a:entry/a:category", ATOM)] == ["Kış bakımı"]
    assert datetime.fromisoformat(texts(root, "a:updated")[0]) == page.last_published_at


def test_an_entry_holds_the_whole_text_with_whole_addresses(blog, client, settings):
    target = make.post(blog, "Hedef", days=9)
    body = [
        {"type": "heading", "value": "Başlık <b>"},
        {"type": "text", "value": f'<p>Bak: <a linktype="page" id="{target.pk}">hedef</a></p>'},
        {"type": "steps", "value": ["<p>Bir adım</p>"]},
        {"type": "notice", "value": {"tone": "warn", "text": "<p>Dikkat et.</p>"}},
        {"type": "live", "value": "blog.announcements"},
    ]
    make.post(blog, "Yazı", body=json.dumps(body), cover=make.image(), cover_alt="Uyuyan kedi")

    content = texts(feed(client), "a:entry/a:content")[0]

    assert "<h2>Başlık &lt;b&gt;</h2>" in content
    assert f'href="{settings.BASE_URL}{target.url}"' in content
    for words in ("Bir adım", "Dikkat et.", 'alt="Uyuyan kedi"', "Canlı veri"):
        assert words in content
    assert 'href="/' not in content
    assert 'src="/' not in content
    assert "<svg" not in content


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script> & ]]>", "Kontrol\x0b\x1f\ufffe harfi", "Emoji 🐈 ve ”tırnak”"]
)
def test_hostile_titles_leave_the_xml_valid(blog, client, title):
    make.tag(f"E {title}")
    page = make.post(blog, "Yazı", summary=title, tags=(f"E {title}",), body=make.rich("&lt;b&gt; ]]&gt;"))
    PostPage.objects.filter(pk=page.pk).update(title=title)

    (found,) = texts(feed(client), "a:entry/a:title")

    assert found == "".join(letter for letter in title if letter not in "\x0b\x1f\ufffe")


def test_an_id_survives_new_title_address_and_text(blog, client):
    page = make.post(blog, "Yazı")
    before = texts(feed(client), "a:entry/a:id")
    page.title, page.slug = "Bambaşka", "bambaska"
    make.publish(page)

    assert texts(feed(client), "a:entry/a:id") == before


def test_a_retraction_is_an_update_of_the_entry(blog, client):
    page = make.announced(blog, "Duyuru", summary="Özet.")
    before = feed(client, "/blog/resmi/atom.xml")
    later = timezone.now() + timedelta(hours=1)

    services.retract(post=page, notes={"tr": "Yanlış <b>tarih</b>."}, by=None, now=later)

    after = feed(client, "/blog/resmi/atom.xml")
    assert texts(after, "a:entry/a:id") == texts(before, "a:entry/a:id")
    assert texts(after, "a:entry/a:title") == ["Geri çekildi: Duyuru"]
    assert datetime.fromisoformat(texts(after, "a:entry/a:updated")[0]) == later
    assert "Yanlış &lt;b&gt;tarih&lt;/b&gt;." in texts(after, "a:entry/a:content")[0]


def test_each_feed_holds_its_own(blog, english, client):
    make.post(blog, "Yazı", tags=("Kedi",))
    make.announced(blog, "Duyuru")
    make.post(english, "Post", tags=("Kedi",))

    def titles(path: str) -> set[str]:
        return set(texts(feed(client, path), "a:entry/a:title"))

    assert titles("/blog/atom.xml") == {"Yazı", "Duyuru"}
    assert titles("/blog/etiket/kedi/atom.xml") == {"Yazı"}
    assert titles("/blog/resmi/atom.xml") == {"Duyuru"}
    assert titles("/en/blog/atom.xml") == titles("/en/blog/etiket/kedi/atom.xml") == {"Post"}
    assert titles("/en/blog/resmi/atom.xml") == set()


def test_an_unchanged_feed_is_not_sent_again(blog, client):
    page = make.post(blog, "Yazı", days=3)
    first = client.get("/blog/atom.xml")

    by_tag = client.get("/blog/atom.xml", headers={"If-None-Match": first["ETag"]})
    by_date = client.get("/blog/atom.xml", headers={"If-Modified-Since": first["Last-Modified"]})

    assert (by_tag.status_code, by_date.status_code, by_tag.content) == (304, 304, b"")
    assert "public" in first["Cache-Control"]
    assert not first.cookies
    make.publish(page)
    changed = client.get(
        "/blog/atom.xml",
        headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]},
    )
    assert changed.status_code == 200


def test_an_empty_feed_does_not_change_by_itself(blog, client):
    assert client.get("/blog/atom.xml")["ETag"] == client.get("/blog/atom.xml")["ETag"]
    assert texts(feed(client), "a:updated") == ["2026-01-01T00:00:00+00:00"]


def test_a_feed_holds_the_latest(blog, client):
    for number in range(feeds.LATEST + 2):
        make.post(blog, f"Yazı {number}", days=number)

    assert len(feed(client).findall("a:entry", ATOM)) == feeds.LATEST


def test_pages_name_their_feeds(blog, client):
    make.tag("Kedi")

    body = client.get("/blog/etiket/kedi/").content.decode()

    for path in ("/blog/atom.xml", "/blog/resmi/atom.xml", "/blog/etiket/kedi/atom.xml"):
        assert 'type="application/atom+xml"' in body
        assert f'href="{path}"' in body
