"""Sign-up: the address is confirmed by a code before anybody is in."""

from __future__ import annotations

from accounts.models import User

from .conftest import CONFIRM, NEW_PASSWORD, SIGN_UP, is_signed_in, other, plain, sign_in, sign_up


def test_address_is_confirmed_by_code(client, db, code, mails):
    assert sign_up(client, "Elif@Ornek.test").url == CONFIRM
    assert not is_signed_in(client)
    assert mails()[-1].to == ["elif@ornek.test"]

    assert client.post(CONFIRM, {"code": code()}).url == "/panel/basla/"
    user = User.objects.get()
    assert (user.first_name, user.last_name, user.email) == ("Elif", "Su", "elif@ornek.test")
    assert user.emailaddress_set.get().verified
    assert is_signed_in(client)


def test_account_speaks_the_language_of_the_page(client, db, mails):
    client.post(
        "/en/hesap/kayit/",
        {"first_name": "Al", "last_name": "Su", "email": "al@ornek.test", "password1": NEW_PASSWORD},
    )
    assert User.objects.get().locale == "en"
    assert "confirmation code" in mails()[-1].subject


def test_nobody_is_in_without_the_code(client, db, code):
    sign_up(client, "elif@ornek.test")
    sent = code()
    for left in (4, 3, 2, 1):
        answer = client.post(CONFIRM, {"code": other(sent)})
        assert f"{left} deneme hakkın var" in answer.content.decode()
    assert client.post(CONFIRM, {"code": other(sent)}).url == "/hesap/giris/"
    assert client.post(CONFIRM, {"code": sent}).url == "/hesap/giris/"
    assert not is_signed_in(client)


def test_sign_in_before_confirming_asks_for_a_code_again(client, db, code, client_of):
    sign_up(client, "elif@ornek.test")
    later = client_of(after=60)
    assert sign_in(later, "elif@ornek.test", NEW_PASSWORD).url == CONFIRM
    assert later.post(CONFIRM, {"code": code()}).url == "/panel/basla/"


def test_new_code_may_be_asked_for_every_half_minute(client, db, code, client_of):
    sign_up(client, "elif@ornek.test")
    first = code()
    soon = client.post(CONFIRM, {"action": "resend"}, follow=True)
    assert "Yarım dakika bekle" in soon.content.decode()
    assert soon.redirect_chain == [(CONFIRM, 302)]
    client_of(after=31)
    client.post(CONFIRM, {"action": "resend"})
    assert code() != first
    assert client.post(CONFIRM, {"code": code()}).url == "/panel/basla/"


def test_asking_too_soon_leaves_the_old_code_good(client, db, code):
    sign_up(client, "elif@ornek.test")
    client.post(CONFIRM, {"action": "resend"})
    assert client.post(CONFIRM, {"code": code()}).url == "/panel/basla/"


def test_a_mistyped_address_is_no_trap(client, db):
    sign_up(client, "elif@ornek.test")
    assert client.get(SIGN_UP).url == CONFIRM
    client.post("/hesap/cikis/", {"next": SIGN_UP})
    assert client.get(SIGN_UP).status_code == 200


def test_errors_stand_at_their_fields_and_typed_text_is_kept(client, db):
    answer = sign_up(client, "ılker@ornek.test", first_name="", password1="kisa")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Hata: " in body
    assert 'value="ılker@ornek.test"' in body
    assert 'aria-invalid="true"' in body
    for sentence in ("Adını yaz.", "ı, ş, ğ", "12 karakter"):
        assert sentence in body
    assert "kisa" not in body, "passwords are never sent back"
    assert User.objects.count() == 0


def test_weak_passwords_are_refused(client, db):
    for weak in ("elifelifelif@ornek.test", "q1w2e3r4t5y6", "1qaz2wsx3edc"):
        sign_up(client, "elifelifelif@ornek.test", password1=weak)
    assert User.objects.filter(email="elifelifelif@ornek.test").count() == 0


def test_odd_input_is_answered(client, db):
    client.raise_request_exception = False
    for odd in ("a\0b", "x" * 10_000, "\u202e", "<script>"):
        assert sign_up(client, f"{odd}@ornek.test", first_name=odd).status_code < 500


def test_taken_address_looks_like_a_new_one(client, ayse, mails, client_of):
    fresh = client_of()
    taken, new = sign_up(client, ayse.email), sign_up(fresh, "yeni@ornek.test")
    assert (taken.status_code, taken.url) == (new.status_code, new.url)
    pages = [plain(one.get(CONFIRM), "a•••@", "y•••@") for one in (client, fresh)]
    assert pages[0] == pages[1]

    by_address = {message.to[0]: message.subject for message in mails()}
    assert by_address[ayse.email] == "Zaten bir hesabın var"
    assert "Doğrulama kodun" in by_address["yeni@ornek.test"]
    assert User.objects.filter(email=ayse.email).count() == 1

    wrong = [plain(one.post(CONFIRM, {"code": "000000"}), "a•••@", "y•••@") for one in (client, fresh)]
    assert wrong[0] == wrong[1]
