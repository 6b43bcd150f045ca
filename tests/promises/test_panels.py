"""Modules, panels of their own, teams: rows 1, 3 and 6 of what the help page says."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core import mail as outbox
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from core import journal, proofs
from faq.models import QuestionPage
from teams import invitations, members, rights
from teams.models import Business
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

CLINIC, GROOMER = "/isletme/ihlamur-veteriner/", "/isletme/kopuk-kuafor/"
OFFICE = "/yonetim/"
# who → where she lands, and the panels that open for her
CAST = {
    "ayse@ornek.test": ("/panel/", set()),
    "bora@ornek.test": (CLINIC, {CLINIC}),
    "elif@ornek.test": (CLINIC, {CLINIC}),
    "cem@ornek.test": (CLINIC, {CLINIC}),
    "ipek@ornek.test": (CLINIC, {CLINIC}),
    "kadir@ornek.test": (GROOMER, {GROOMER, "/isletme/pati-egitim/"}),  # a registration under review
    "otel@ornek.test": ("/isletme/mavi-pati-otel/", {"/isletme/mavi-pati-otel/"}),
    "tasiyici@ornek.test": ("/isletme/yoldas-tasima/", {"/isletme/yoldas-tasima/"}),
    "editor@ornek.test": (OFFICE, {OFFICE}),
    "yonetici@ornek.test": (OFFICE, {OFFICE}),
}
PANELS = {CLINIC, GROOMER, "/isletme/mavi-pati-otel/", "/isletme/yoldas-tasima/"}

# page of the team → who of the clinic reads it
TEAM_PAGES = {
    "ekip/": {"bora"},
    "ekip/davetler/": {"bora"},
    "ekip/davet/": {"bora"},
    "ekip/roller/": {"bora"},
    "ekip/roller/yeni/": {"bora"},
    "ekip/kayitlar/": {"bora", "ipek"},
    "ekip/sahiplik/": {"bora", "elif", "cem", "ipek"},
    "ekip/ayril/": {"bora", "elif", "cem", "ipek"},
    "moduller/": {"bora"},
}


def answer_page(client, title):
    page = QuestionPage.objects.live().get(title=title, locale__language_code="tr")
    return unescape(client.get(page.url).content.decode())


def sign_in(client, email):
    cache.clear()
    person = User.objects.get(email=email)
    person.set_password(PASSWORD)
    person.save()
    answer = client.post("/hesap/giris/", {"login": email, "password": PASSWORD})
    assert answer.url == "/panel/basla/"
    return client.get(answer.url).url


def test_modules_are_chosen_and_obeyed(client, ayse):
    """Diji.vet’te hangi modüller var?"""
    page = answer_page(client, "Diji.vet’te hangi modüller var?")
    for module in ("Randevu", "Online danışmanlık", "Transfer", "Fon yönetimi", "Mağaza"):
        assert module in page
    client.force_login(ayse)
    assert "/panel/siparisler/" in client.get("/panel/").content.decode()
    assert client.get("/api/panel/v1/orders/").status_code == 200

    client.post("/panel/moduller/", {"module": "store", "on": "0"})
    assert "/panel/siparisler/" not in client.get("/panel/").content.decode()
    assert client.get("/panel/siparisler/").status_code == 404
    refused = client.get("/api/panel/v1/orders/")
    assert (refused.status_code, refused.json()["code"]) == (403, "module_disabled")
    assert proofs.check("teams.modules_obeyed").state == "ok"


@pytest.mark.parametrize("email", CAST)
def test_each_lands_in_her_own_panel_and_no_other_opens(client, email):
    """Platformu kimler kullanabilir?"""
    landing, own = CAST[email]
    assert sign_in(client, email) == landing
    for panel in PANELS:
        assert client.get(panel).status_code == (200 if panel in own else 404)
    page = client.get("/panel/" if landing == OFFICE else landing).content.decode()
    menu = set(re.findall(r'href="(/isletme/[\w-]+/)', page))
    assert menu <= own
    assert client.get("/panel/").status_code == 200
    assert client.get(OFFICE).status_code == (200 if OFFICE in own else 302)
    assert proofs.check("teams.panels_apart").state == "ok"


def test_a_trainer_lands_in_hers(client):
    """Platformu kimler kullanabilir? (Eğitmen.)"""
    from tests.factories import teams

    user = User.objects.create_user("egitmen@ornek.test", PASSWORD, first_name="Ege", last_name="Us")
    assert sign_in(client, user.email) == "/panel/"
    client.logout()
    school = teams.verified(user, "Uslu Pati", "trainer")
    assert sign_in(client, user.email) == school.panel_url


@pytest.mark.parametrize("page", TEAM_PAGES)
def test_each_role_sees_its_pages(client, page):
    """Ekibime yeni kullanıcı ekleyebilir miyim? (Rol ve sayfa.)"""
    seen = set()
    for name in ("bora", "elif", "cem", "ipek", "kadir", "ayse"):
        client.force_login(User.objects.get(email=f"{name}@ornek.test"))
        status = client.get(CLINIC + page).status_code
        assert status in ({404} if name in ("kadir", "ayse") else {200, 403})
        seen |= {name} if status == 200 else set()
    assert seen == TEAM_PAGES[page]


def invite(email="ayse@ornek.test"):
    clinic = Business.objects.get(slug="ihlamur-veteriner")
    bora = User.objects.get(email="bora@ornek.test")
    role = clinic.roles.get(template=rights.RECEPTION)
    made = invitations.invite(
        business=clinic, email=email, role=role, locations=[], by=bora, now=timezone.now()
    )
    journal.sweep()
    return made, re.search(r"/davet/[\w-]+/", outbox.outbox[-1].body).group()


def test_invitation_is_accepted_once_by_the_invited(client, ayse):
    """Ekibime yeni kullanıcı ekleyebilir miyim?"""
    _, link = invite()
    client.force_login(User.objects.get(email="kadir@ornek.test"))
    assert client.post(link, {"answer": "accept"}).status_code == 403
    client.force_login(ayse)
    assert client.post(link, {"answer": "accept"}).url == CLINIC
    assert client.get(f"{CLINIC}ekip/").status_code == 403, "a receptionist does not manage the team"
    clinic, bora = Business.objects.get(slug="ihlamur-veteriner"), User.objects.get(email="bora@ornek.test")
    members.remove_member(membership=clinic.memberships.get(user=ayse), by=bora)
    assert client.post(link, {"answer": "accept"}).status_code == 410
    assert client.get(CLINIC).status_code == 404


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_dead_invitation_opens_nothing(client, ayse, how):
    """Ekibime yeni kullanıcı ekleyebilir miyim? (Geri çekilen ve süresi dolan davet.)"""
    client.force_login(ayse)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        made, link = invite()
        if how == "revoked":
            invitations.revoke(invitation=made, by=made.invited_by)
        else:
            clock.shift(timedelta(days=7))
            client.force_login(ayse)
        assert client.post(link, {"answer": "accept"}).status_code == 410
    assert client.get(CLINIC).status_code == 404
