"""One spelling for each address: look-alikes never reach the account of somebody else."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import emails
from accounts.models import User

KELVIN = "\u212a"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ilker@ornek.test", "ilker@ornek.test"),
        ("  ILKER@Ornek.TEST ", "ilker@ornek.test"),
        ("pati@köpek.test", "pati@xn--kpek-5qa.test"),
        ("pati@KÖPEK.test", "pati@xn--kpek-5qa.test"),
        ("a+b.c@ornek.test", "a+b.c@ornek.test"),
    ],
)
def test_canonical(typed, kept):
    assert emails.canonical(typed) == kept
    assert emails.canonical(kept) == kept, "stable"


@pytest.mark.parametrize(
    "typed",
    [
        "ılker@ornek.test",
        "İlker@ornek.test",
        "ſam@ornek.test",
        f"{KELVIN}edi@ornek.test",
        "ｉlker@ornek.test",
        "\u202eilker@ornek.test",
        "ilker@ornek.test\u202e",
        "ilker\0@ornek.test",
        "ilker@ornek.test\0",
        "ilker@ｏrnek.test",
        f"ilker@orne{KELVIN}.test",
        '"il ker"@ornek.test',
        "a" * 300 + "@ornek.test",
        "a" * 64 + "@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 63 + ".test",
        "ilker@" + "ö" * 60 + ".test",
        "@",
        "ilker",
        "ilker@",
        "@ornek.test",
        "<b>@x.y",
        "",
    ],
)
def test_refused(typed):
    with pytest.raises(ValidationError):
        emails.canonical(typed)


@pytest.mark.parametrize("email", ["Ilker@ornek.test", "ılker@ornek.test", "ilker", "il ker@ornek.test", ""])
def test_the_database_refuses_every_other_spelling(db, email):
    with pytest.raises(IntegrityError, match="user_email_is_canonical"), transaction.atomic():
        User.objects.bulk_create([User(email=email, password="!")])


def test_the_database_keeps_one_account_for_one_address(db, ayse):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=ayse.email, password="!")])


def test_people_are_found_by_any_spelling_of_their_own_address_only(ayse):
    assert User.objects.get_by_natural_key(" AYSE@ornek.test") == ayse
    with pytest.raises(ValidationError):
        User.objects.get_by_natural_key("ayſe@ornek.test")


def test_superuser_has_a_confirmed_address(db):
    boss = User.objects.create_superuser("Boss@ornek.test", "uzun bir cumle yeter")
    assert boss.is_staff
    assert boss.is_superuser
    assert boss.emailaddress_set.get().verified


def test_form_of_the_back_office_stores_the_canonical_spelling(db):
    user = User(email="Pati@KÖPEK.test")
    user.clean()
    assert user.email == "pati@xn--kpek-5qa.test"
