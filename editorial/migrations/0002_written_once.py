"""A verdict and a reason are evidence: the database refuses to rewrite them."""

from django.db import migrations

VERDICT = """
CREATE FUNCTION editorial_verdict_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.answered_at IS NOT NULL
       AND (OLD.verdict, OLD.note, OLD.answered_at, OLD.revision_id, OLD.fingerprint, OLD.name, OLD.email)
           IS DISTINCT FROM
           (NEW.verdict, NEW.note, NEW.answered_at, NEW.revision_id, NEW.fingerprint, NEW.name, NEW.email) THEN
        RAISE EXCEPTION 'verdict_is_written_once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_is_written_once BEFORE UPDATE ON editorial_reviewlink
    FOR EACH ROW EXECUTE FUNCTION editorial_verdict_is_written_once();
"""
REASON = """
CREATE FUNCTION editorial_reason_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL
       AND (OLD.page_id, OLD.codes, OLD.reason, OLD.was_asked, OLD.published_at)
           IS DISTINCT FROM
           (NEW.page_id, NEW.codes, NEW.reason, NEW.was_asked, NEW.published_at) THEN
        RAISE EXCEPTION 'reason_is_written_once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reason_is_written_once BEFORE UPDATE ON editorial_publisheddespite
    FOR EACH ROW EXECUTE FUNCTION editorial_reason_is_written_once();
"""


def undo(table: str, name: str) -> str:
    return f"DROP TRIGGER {name} ON {table}; DROP FUNCTION editorial_{name}();"


class Migration(migrations.Migration):
    dependencies = [("editorial", "0001_initial")]

    operations = [
        migrations.RunSQL(VERDICT, undo("editorial_reviewlink", "verdict_is_written_once")),
        migrations.RunSQL(REASON, undo("editorial_publisheddespite", "reason_is_written_once")),
    ]
