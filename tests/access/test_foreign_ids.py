"""T31: what belongs to the other side is refused in every field and behind every address of ours."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from teams import people_forms
from teams.models import Location, Role
from teams.views import branches

from . import attack, scene

WHO = ("owner", "reception", "parent")
# A redirect may carry a refusal: then nothing of theirs has changed.
SHUT = {302, 400, 403, 404, 405, 409, 422}


@pytest.fixture
def stage(db, monkeypatch) -> scene.Scene:
    """With `stage.kept`: every row that came with the other side."""
    real, kept = scene._side, set()

    def side(name: str, letter: str, mark: str = "") -> scene.Side:
        before = attack.rows() if mark else set()
        built = real(name, letter, mark)
        kept.update(attack.rows() - before if mark else ())
        return built

    monkeypatch.setattr(scene, "_side", side)
    built = scene.build()
    built.kept = kept & attack.rows()
    return built


def signed_in(stage: scene.Scene, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(stage.people[who])
    client.post(reverse("account_reauthenticate"), {"password": scene.PASSWORD})
    return client


def send(stage: scene.Scene, client: Client, url: str, data: dict) -> tuple[int, dict, set]:
    """The status, the errors of the page's forms, and what changed on the other side. Taken back."""
    with transaction.atomic():
        answer = client.post(url, data)
        lost = stage.kept - attack.rows()
        transaction.set_rollback(True)
    told = [
        (form.add_prefix(name), words)
        for form in attack.forms_in(answer)
        for name, words in form.errors.items()
    ]
    return answer.status_code, dict(told), lost


def surprises(stage: scene.Scene, who: str, pages: list[str]) -> tuple[int, list[str]]:
    """How many tries were made; those that were not refused, or changed something of theirs."""
    client, count, wrong = signed_in(stage, who), 0, []
    for page in pages:
        for one in attack.tries(stage, client, page):
            count += 1
            status, errors, lost = send(stage, client, one.url, one.data | {one.field: [one.value]})
            if lost or not _is_refused(one, status, errors):
                wrong.append(f"{one} → {status} {sorted(lost)[:1]}")
    return count, wrong


def _is_refused(one: attack.Try, status: int, errors: dict) -> bool:
    """A field that knows its choices names itself; others may be refused in any way."""
    if one.is_choice:
        return one.field in errors or status in {400, 403, 404, 409}
    return status in SHUT or bool(errors)


@pytest.mark.parametrize("who", WHO)
def test_no_field_takes_what_is_theirs(stage, who):
    count, wrong = surprises(stage, who, list(attack.pages(stage)))
    assert not wrong, "\n".join(wrong)
    assert count > (0 if who == "parent" else 3)


def open_addresses(stage: scene.Scene) -> list[str]:
    client, wrong = signed_in(stage, "owner"), []
    for address in attack.mixed(stage):
        status, _errors, lost = send(stage, client, address, {})
        seen = client.get(address).status_code
        if lost or not {seen, status} <= {404, 405}:
            wrong.append(f"{address} → {seen}, {status} {sorted(lost)[:1]}")
    return wrong


def test_no_address_of_ours_leads_to_theirs(stage):
    assert len(list(attack.mixed(stage))) > 10
    assert not open_addresses(stage)


# --- The guards switched off --------------------------------------------------------------


def test_a_field_that_knows_all_roles_is_noticed(stage, monkeypatch):
    careful = people_forms.PlaceInTeam.__init__

    def careless(self, *args, **kwargs) -> None:
        careful(self, *args, **kwargs)
        self.fields["role"].queryset = Role.objects.all()

    monkeypatch.setattr(people_forms.PlaceInTeam, "__init__", careless)
    _count, wrong = surprises(stage, "owner", [stage.ours.business.panel_url + "ekip/davet/"])
    assert [line.split()[2].split("=")[0] for line in wrong] == ["role"]


def test_a_page_that_finds_all_branches_is_noticed(stage, monkeypatch):
    monkeypatch.setattr(branches, "get_object_or_404", lambda rows, **given: rows.model.objects.get(**given))
    assert any("/subeler/" in line for line in open_addresses(stage))


def test_a_changed_row_of_theirs_is_noticed(stage):
    Location.objects.filter(pk=stage.theirs.things["branch"].pk).update(name="Başka")
    assert {table for table, _row in stage.kept - attack.rows()} == {"teams_location"}
