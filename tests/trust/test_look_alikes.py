"""T44: an address that looks like another's, or folds into it, is nobody's."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.test import Client

from accounts import emails
from accounts.models import User
from core import journal
from tests.conftest import PASSWORD
from tests.factories import teams

from .test_accounts import NEW_PASSWORD, RESET, SIGN_IN, hashed, network  # noqa: F401  (fixtures)

VICTIMS = ("ilker@ornek.test", "kedi@ornek.test", "sam@ornek.test")
LOOK_ALIKES = (
    "ılker@ornek.test",
    "İlker@ornek.test",
    "i̇lker@ornek.test",  # i with a dot of its own
    "\u212aedi@ornek.test",  # Kelvin
    "ſam@ornek.test",
    "ｉｌｋｅｒ@ornek.test",
    "ilker@ｏｒｎｅｋ.test",
    "ilker@orne\u212a.test",
    "ilker＠ornek.test",
    "ilker@ornek．test",
    "ilker@ornek。test",
    "\u202eilker@ornek.test",
    "ilker\u200b@ornek.test",
    "ilker@ornek.test\u200f",
    "ilker\0@ornek.test",
    "ilker@ornek.test\0",
    "ilker@ornek.test\r\nBcc: x@ornek.test",
    "ilker@ornek.test,x@ornek.test",
    "ιlker@ornek.test",  # Greek
    "sаm@ornek.test",  # Cyrillic
    "a" * 243 + "@ornek.test",  # 254 signs
    "a" * 300 + "@ornek.test",
    "ilker@" + "a" * 300 + ".test",
)


def folds_to_ascii() -> list[str]:
    """Every letter of Unicode that some change of case or form turns into plain ASCII."""
    forms = (str.lower, str.upper, str.casefold, *map(_normal, ("NFKC", "NFKD")))
    signs = (chr(number) for number in range(128, sys.maxunicode + 1) if not 0xD800 <= number < 0xE000)
    return [sign for sign in signs if any(_ascii_letter(change(sign)) for change in forms)]


def _normal(form: str):
    return lambda sign: unicodedata.normalize(form, sign)


def _ascii_letter(text: str) -> bool:
    return any(letter.isascii() and letter.isalnum() for letter in text)


def taken_for_another(sign: str) -> bool:
    """Whether an address with it is kept as an address that is spelled otherwise."""
    addresses = (f"a{sign}b@ornek.test", f"ab@or{sign}nek.test", f"ab@ornek.te{sign}")
    return any(_kept(address) not in (None, _idna_only(address)) for address in addresses)


def _kept(address: str) -> str | None:
    try:
        return emails.canonical(address)
    except ValidationError:
        return None


def _idna_only(address: str) -> str | None:
    """A domain of another script is honest when it stays one: `xn--…`."""
    kept = _kept(address)
    return kept if kept and "xn--" in kept and kept.startswith("ab@") else None


@pytest.mark.trust("T44")
def test_no_letter_folds_into_another_address(verdict):
    signs = folds_to_ascii()
    taken = [hex(ord(sign)) for sign in signs if taken_for_another(sign)]
    verdict(f"{len(signs)} letters, taken for another {taken}", "0", len(signs) > 1000 and not taken)


def doors(email: str) -> dict[str, tuple[str, dict[str, str]]]:
    sign_up = {"first_name": "A", "last_name": "B", "email": email, "password1": NEW_PASSWORD}
    return {
        "sign-in": (SIGN_IN, {"login": email, "password": PASSWORD}),
        "reset": (RESET, {"email": email}),
        "sign-up": ("/hesap/kayit/", sign_up),
    }


@pytest.mark.django_db
@pytest.mark.trust("T44")
def test_look_alikes_open_no_door(verdict, person, network):  # noqa: F811
    """Each at every door that takes an address; the password is the right one of whom it looks like."""
    owner, *_others = [person("Kisi", "Ak", email=email) for email in VICTIMS]
    clinic = teams.verified(owner)
    inviter = Client()
    inviter.force_login(owner)
    role = clinic.roles.get(template="reception").pk
    faults = []
    for number, email in enumerate(LOOK_ALIKES):
        for door, (address, typed) in doors(email).items():
            client = Client(raise_request_exception=False, REMOTE_ADDR=f"10.9.{number}.{len(door)}")
            status = client.post(address, typed).status_code
            faults += [(door, ascii(email), status)] if status >= 500 else []
            faults += [(door, ascii(email), "signed in")] if "_auth_user_id" in client.session else []
        answer = inviter.post(f"{clinic.panel_url}ekip/davet/", {"email": email, "role": role})
        faults += [("invite", ascii(email), answer.status_code)] if answer.status_code >= 500 else []
    journal.sweep()
    reached = sorted({address for message in outbox.outbox for address in message.to} & set(VICTIMS))
    strangers = User.objects.exclude(email__in=VICTIMS).exclude(email__regex=r"^a{243}@ornek\.test$")
    new = [ascii(user.email) for user in strangers]
    passed = not (faults or reached or new)
    verdict(
        f"{len(LOOK_ALIKES)} addresses: {faults}, mail to {reached}, new {new}", "0 matches, 0 × 5xx", passed
    )
