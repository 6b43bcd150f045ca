import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/%00/", "/?q=%00", "/saglik/canli/?a%00=1"])
def test_nul_byte_is_a_clear_400(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert "text/html" in answer["Content-Type"]


@pytest.mark.django_db
def test_nul_byte_for_machines_is_json(client):
    answer = client.get("/api/content/v2/pages/?slug=%00")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def policy(answer) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))


@pytest.mark.django_db
def test_public_policy_allows_no_inline_script(client):
    first, second = policy(client.get("/hesap/giris/")), policy(client.get("/hesap/giris/"))
    assert "unsafe-inline" not in str(first)
    assert "unsafe-eval" not in str(first)
    assert first["object-src"] == first["base-uri"] == first["frame-ancestors"] == "'none'"
    assert first["script-src"] != second["script-src"], "each answer has its own nonce"


@pytest.mark.django_db
def test_back_office_has_its_written_exception(client, admin):
    client.force_login(admin)
    answer = policy(client.get("/yonetim/"))
    assert "'unsafe-inline'" in answer["script-src"]
    assert answer["frame-ancestors"] == "'self'"
    assert answer["object-src"] == "'none'"
