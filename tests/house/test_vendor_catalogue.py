"""The libraries speak Turkish too: no text of theirs is left in English, and ours reach the page."""

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.views.i18n import localized_js_catalog

from dev import vendor_messages


@pytest.fixture
def _turkish():
    with translation.override("tr"):
        yield


def test_no_hole_nothing_surplus_nothing_broken():
    assert vendor_messages.problems() == []


def test_the_compiled_files_are_those_of_the_texts():
    for path in vendor_messages.VENDOR:
        assert path.with_suffix(".mo").read_bytes() == vendor_messages.as_mo(vendor_messages.read(path)), path


def test_a_hole_a_surplus_and_a_lost_placeholder_would_be_seen(monkeypatch):
    ours = vendor_messages.ours("django")
    ours.delete("Scheduling…")
    ours.add("Nobody asks for this", "Bunu soran yok")
    ours.add("The code '%s' is here", "Kod burada")
    monkeypatch.setattr(vendor_messages, "ours", lambda domain: ours)
    assert vendor_messages.holes("django") == ["Scheduling…"]
    assert "Nobody asks for this" in vendor_messages.surplus("django")
    assert vendor_messages.broken("django") == ["The code '%s' is here"]


def test_texts_are_found_in_calls_as_python_writes_them():
    source = """
        label = _("One " 'text')  # and _("no comment") is read
        ngettext_lazy("%d page", "%d pages", "number")
        pgettext("month", "May")
        # _("Not this one")
        _("Formatted %s" % "before the search")
    """
    found = {vendor_messages.entry(message) for message in vendor_messages.in_python(source)}
    assert found >= {(None, "One text", False), (None, "%d page", True), ("month", "May", False)}
    assert not {text for _, text, _ in found} & {"Not this one", "Formatted %s"}


@pytest.mark.usefixtures("_turkish")
@pytest.mark.parametrize(
    ("english", "turkish"),
    [
        ("Publish", "Yayımla"),  # wagtail.admin and its snippets
        ("Submit for moderation", "Onaya gönder"),
        ("API token created", "API anahtarı oluşturuldu"),  # wagtail.users
        ("shared password", "ortak parola"),  # wagtail
        ("Sync translated pages", "Çevrilmiş sayfaları eşitle"),  # wagtail_localize
        ("Locales", "Diller"),
        ("Voucher sets", "Kupon kümeleri"),  # oscar
        ("Taggit", "Etiketler"),
        ("First child of", "İlk alt öge"),  # treebeard
        ("Past 7 days", "Son 7 gün"),  # django_filters
        ("Enter a valid phone number.", "Geçerli bir telefon numarası girin."),  # phonenumber_field
    ],
)
def test_a_text_of_each_library(english, turkish):
    assert gettext(english) == turkish


@pytest.mark.usefixtures("_turkish")
def test_numbers():
    forms = [ngettext("Publish 1 page", "Publish %(counter)s pages", count) for count in (1, 2, 11)]
    assert forms == ["1 sayfayı yayımla", "%(counter)s sayfayı yayımla", "%(counter)s sayfayı yayımla"]


@pytest.mark.usefixtures("_turkish")
def test_a_text_with_a_context():
    assert pgettext("Buy again", "Re-order") == "Yeniden sipariş ver"
    assert pgettext("Change the sequence order", "Re-order") == "Yeniden sırala"


@pytest.mark.usefixtures("_turkish")
def test_scripts_of_the_editor():
    catalogue = catalogue_of(localized_js_catalog)
    assert catalogue["Enter your comments..."] == "Yorumunuzu yazın..."
    assert catalogue["%(num)s error"] == ["%(num)s hata", "%(num)s hata"]  # a form for one and for many


@pytest.mark.usefixtures("_turkish")
def test_scripts_of_the_translation_view():
    catalogue = catalogue_of(JavaScriptCatalog.as_view(packages=["wagtail_localize"]))
    assert catalogue["segments translated"] == "bölüm çevrildi"
    assert catalogue["Unpublish"] == "Yayından kaldır"


def catalogue_of(view) -> dict:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    script = view(request).content.decode()
    found = re.search(r"const newcatalog = (\{.*?\});\n", script, re.DOTALL)
    assert found, script[:500]
    return json.loads(found[1])
