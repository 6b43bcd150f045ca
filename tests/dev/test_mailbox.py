"""Mail in development: a real SMTP server, files, and the pages that show them."""

from __future__ import annotations

import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from dev.mailbox import Mailbox


def message(subject: str = "Giriş kodun", text: str = "Kodun: 123456") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "Diji.vet <merhaba@diji.vet>", "ayse@ornek.test"
    mail.set_content(text)
    return mail


@pytest.fixture
def box(tmp_path) -> Mailbox:
    return Mailbox(tmp_path / "mail")


@pytest.fixture
def smtp(box) -> Iterator[smtplib.SMTP]:
    command = [sys.executable, "-m", "dev.mailbox", "0", str(box.folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    port = int(server.stdout.readline().rsplit(":", 1)[1])
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        yield client
    server.terminate()
    server.communicate()


class TestServer:
    def test_a_message_is_kept_as_sent(self, smtp, box):
        mail = message()
        mail.add_alternative("<p>Kodun: <b>123456</b></p>", subtype="html")
        smtp.send_message(mail)
        [name] = box.names()
        kept = box.get(name)
        assert kept.subject == "Giriş kodun"
        assert kept.text.strip() == "Kodun: 123456"
        assert "<b>123456</b>" in kept.html

    def test_hidden_recipients_are_shown(self, smtp, box):
        smtp.send_message(message(), to_addrs=["ayse@ornek.test", "gizli@ornek.test"])
        assert box.get(box.names()[0]).recipients == "ayse@ornek.test, gizli@ornek.test"

    def test_newest_first(self, smtp, box):
        for subject in ("bir", "iki", "üç"):
            smtp.send_message(message(subject))
        assert [box.get(name).subject for name in box.names()] == ["üç", "iki", "bir"]


class TestMailbox:
    def test_half_written_and_foreign_files_are_not_listed(self, box):
        name = box.add(message().as_bytes(), [])
        for other in ("1234567890123456789-0a1b2c3d.new", "notes.eml", "readme.txt"):
            (box.folder / other).write_text("x")
        assert box.names() == [name]

    @pytest.mark.parametrize("name", ["../secret", "..%2fsecret", "", "x", "1234567890123456789-0a1b2c3d\n"])
    def test_names_that_are_not_ours_lead_nowhere(self, box, name):
        box.folder.mkdir()
        (box.folder.parent / "secret.eml").write_text("Subject: secret")
        with pytest.raises(FileNotFoundError):
            box.get(name)

    def test_emptying_leaves_other_files(self, box):
        box.add(message().as_bytes(), [])
        (box.folder / "notes.eml").write_text("x")
        box.empty()
        assert [file.name for file in box.folder.iterdir()] == ["notes.eml"]

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"no header at all",
            b"Content-Type: text/plain; charset=martian\r\n\r\nmerhaba",
            b"Content-Type: text/plain; charset=utf-8\r\n\r\n\xff\xfe",
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>",
            b"Subject: =?utf-8?q?broken\r\nFrom: <<>>\r\nDate: never\r\n\r\n",
        ],
    )
    def test_any_message_can_be_shown(self, box, content):
        mail = box.get(box.add(content, ["ayse@ornek.test"]))
        shown = (mail.subject, mail.sender, mail.recipients, mail.text, mail.html, mail.attachments)
        assert all(value is not None for value in shown)


@pytest.mark.urls("tests.dev.urls")
@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def _folder(self, settings, tmp_path: Path) -> None:
        settings.VAR = tmp_path

    def test_the_list_shows_the_newest_messages_page_by_page(self, client, box):
        for number in range(26):
            box.add(message(f"ileti {number}").as_bytes(), ["ayse@ornek.test"])
        first, second = client.get("/posta/"), client.get("/posta/?page=2")
        assert "ileti 25" in first.text
        assert "ileti 0<" not in first.text
        assert "ileti 0<" in second.text

    def test_no_messages_yet(self, client):
        assert client.get("/posta/").status_code == 200

    def test_a_message_and_its_links(self, client, box):
        name = box.add(message(text="Buradan: http://127.0.0.1:8000/hesap/?a=1&b=2 <b>").as_bytes(), [])
        page = client.get(f"/posta/{name}/").text
        assert 'href="http://127.0.0.1:8000/hesap/?a=1&amp;b=2"' in page
        assert "<b>" not in page

    def test_the_html_part_may_do_nothing(self, client, box):
        mail = message()
        mail.add_alternative("<script>alert(1)</script><p>merhaba", subtype="html")
        name = box.add(mail.as_bytes(), [])
        page, frame = client.get(f"/posta/{name}/"), client.get(f"/posta/{name}/html/")
        assert "<script>alert" not in page.text
        assert "frame-src 'self'" in page["Content-Security-Policy"]
        policy = frame["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
        assert "script-src" not in policy
        assert "allow-scripts" not in policy
        assert "merhaba" in frame.text

    @pytest.mark.parametrize("tail", ["", "html/"])
    def test_an_unknown_message(self, client, tail):
        assert client.get(f"/posta/1234567890123456789-0a1b2c3d/{tail}").status_code == 404

    def test_a_message_without_html_has_no_frame(self, client, box):
        name = box.add(message().as_bytes(), [])
        assert "<iframe" not in client.get(f"/posta/{name}/").text
        assert client.get(f"/posta/{name}/html/").status_code == 404

    def test_deleting_needs_a_post(self, client, box):
        box.add(message().as_bytes(), [])
        assert client.get("/posta/bosalt/").status_code == 405
        assert box.names()
        assert client.post("/posta/bosalt/").status_code == 302
        assert box.names() == []


def test_outside_development_there_is_no_mailbox(client, db):
    assert client.get("/posta/").status_code == 404
