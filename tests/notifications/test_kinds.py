import pytest
from django.utils import translation

from notifications import kinds, texts
from notifications.categories import Category, Channel, Mode
from notifications.kinds import kind


def test_a_lock_needs_a_reason_and_a_channel_of_its_own_and_no_promotion():
    refused = [
        {"category": Category.PETS, "locked": {Channel.PANEL}},
        {
            "category": Category.PETS,
            "channels": {Channel.PANEL},
            "locked": {Channel.EMAIL},
            "why_locked": "x",
        },
        {"category": Category.OFFERS, "locked": {Channel.EMAIL}, "why_locked": "x"},
    ]
    for wrong in refused:
        with pytest.raises(ValueError, match="cannot be locked"):
            kind("test.wrong", title="x", **wrong)


def test_what_is_wished_decides_except_where_locked_or_never_sent():
    due, alarm, offer = (kinds.declared(f"test.{name}") for name in ("due", "alarm", "offer"))
    assert due.mode(Channel.EMAIL) == Mode.NOW
    assert due.mode(Channel.EMAIL, Mode.DIGEST) == Mode.DIGEST
    assert due.mode(Channel.PANEL, Mode.OFF) == Mode.NOW
    assert alarm.mode(Channel.EMAIL, Mode.OFF) == Mode.NOW
    assert kinds.declared("accounts.password_changed").mode(Channel.EMAIL, Mode.NOW) == Mode.OFF
    assert offer.mode(Channel.EMAIL) == offer.mode(Channel.PANEL) == Mode.OFF


def test_words_are_read_in_the_language_of_the_reader():
    data = {"name": {"tr": "Kısırlaştırma", "en": "Neutering"}, "on": {"day": "2026-12-01"}}
    turkish, english = (texts.words("test.due", data, language) for language in ("tr", "en"))
    assert (turkish.title, turkish.body) == ("Sorunun yanıtı hazır", "Kısırlaştırma, 1 Aralık 2026")
    assert (english.title, english.body) == ("Your question has an answer", "Neutering, 1 December 2026")


def test_what_is_missing_leaves_a_gap_and_braces_of_people_stay_as_typed():
    assert texts.words("test.due", {"name": "{on.__class__}"}, "tr").body == "{on.__class__},"
    assert texts.words("test.order", {"number": {"tr": "7"}}, "en").title == "Sipariş 7"


def test_a_notice_outlives_its_kind():
    with translation.override("tr"):
        assert texts.words("gone.kind", {}, "tr").title.startswith("Diji.vet’in")
