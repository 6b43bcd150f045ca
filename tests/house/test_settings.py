"""Production starts only with its secrets, passes Django's own deploy check, and is documented."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "dijivet.settings.production",
    "SECRET_KEY": "k" * 25 + "-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "diji.vet",
    "BASE_URL": "https://diji.vet",
    "DATABASE_URL": "postgresql://dijivet@127.0.0.1/dijivet",
    "BROKER_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "SMS_GATEWAY": "tests.factories.sms.Silent",
    "COMPANY": '{"name": "A.Ş.", "tax_number": "1234567890", "tax_office": "Kadıköy", "street": "Moda 1",'
    ' "district": "Kadıköy", "city": "İstanbul", "postcode": "34710"}',
    "SUPPORT_IMAP_URL": "imaps://destek:gizli@127.0.0.1/INBOX",
}


def manage(*arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    values = {**inherited, **PRODUCTION, **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={name: value for name, value in values.items() if value is not None},
        capture_output=True,
        text=True,
    )


def test_deploy_check_is_clean():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_deploy_check_would_speak():
    done = manage("check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="short")
    assert done.returncode != 0
    assert "security.W009" in done.stderr


def test_each_secret_is_demanded():
    for name in sorted(PRODUCTION.keys() - {"DJANGO_SETTINGS_MODULE"}):
        done = manage("check", **{name: None})
        assert done.returncode != 0, f"production started without {name}"
        assert name in done.stderr


def test_codes_for_phones_may_not_end_in_the_mailbox():
    done = manage("check", SMS_GATEWAY="accounts.sms.ToMailbox")
    assert done.returncode != 0
    assert "SMS_GATEWAY" in done.stderr


def test_answers_by_mail_may_not_end_in_a_folder_of_development():
    done = manage("check", SUPPORT_MAILBOX="support.mailbox.maildir.Maildir")
    assert done.returncode != 0
    assert "SUPPORT_MAILBOX" in done.stderr


def test_documents_may_not_be_carried_to_a_folder_of_development():
    done = manage("check", E_ARCHIVE="finance.documents.earchive.local.Local")
    assert done.returncode != 0
    assert "E_ARCHIVE" in done.stderr


def test_our_own_invoices_need_all_of_the_company():
    done = manage("check", COMPANY='{"name": "A.Ş."}')
    assert done.returncode != 0
    assert "COMPANY" in done.stderr


def test_secret_may_come_from_a_file(tmp_path):
    secret = tmp_path / "key"
    secret.write_text(PRODUCTION["SECRET_KEY"])
    assert manage("check", SECRET_KEY=None, SECRET_KEY_FILE=str(secret)).returncode == 0


def test_nothing_of_development_is_served():
    done = manage("shell", "-c", "from dijivet import urls; print(urls.urlpatterns)")
    assert "dev.urls" not in done.stdout
    assert "bilesenler" not in done.stdout
    assert done.returncode == 0, done.stderr


def test_every_setting_is_documented_and_every_documented_setting_is_read():
    read = set()
    for path in (ROOT / "site/dijivet/settings").glob("*.py"):
        read |= set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", path.read_text()))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert read == documented


def test_money_is_spoken_of_by_https_only_and_not_with_a_test_bank():
    for name in ("IYZICO_URL", "PAYTR_URL", "PARAM_URL", "IYZICO_PAGE_URL", "PARAM_PAGE_URL"):
        done = manage("check", **{name: "http://127.0.0.1:8010"})
        assert done.returncode != 0
        assert name in done.stderr


def test_production_knows_no_key_of_a_bank_and_no_test_bank():
    asked = "from django.conf import settings as s; print([s.LOCAL_BANK, s.IYZICO_SECRET_KEY, s.PARAM_GUID])"
    assert manage("shell", "-c", asked).stdout.strip().endswith("[False, '', '']")
