"""The database itself refuses to change what was published, whoever asks."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION legal_refuse(reason text, name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', reason USING ERRCODE = 'check_violation', CONSTRAINT = name;
END $$;

CREATE FUNCTION legal_row_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM legal_refuse('rows of ' || TG_TABLE_NAME || ' can neither be changed nor deleted', TG_NAME);
    RETURN NULL;
END $$;

CREATE FUNCTION legal_version_moves_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'status' - 'superseded_on' IS DISTINCT FROM to_jsonb(OLD) - 'status' - 'superseded_on' THEN
        PERFORM legal_refuse('a published version cannot be changed', TG_NAME);
    END IF;
    IF NOT (OLD.status, NEW.status) IN (
        ('scheduled', 'effective'), ('scheduled', 'superseded'), ('effective', 'superseded')
    ) THEN
        PERFORM legal_refuse('a version does not move from ' || OLD.status || ' to ' || NEW.status, TG_NAME);
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION legal_version_begins_scheduled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE expected integer;
BEGIN
    SELECT coalesce(max(number), 0) + 1 INTO expected
    FROM legal_version WHERE document = NEW.document AND locale = NEW.locale;
    IF NEW.number <> expected THEN
        PERFORM legal_refuse('the next number is ' || expected, TG_NAME);
    END IF;
    IF NEW.status <> 'scheduled' THEN
        PERFORM legal_refuse('a version begins as scheduled', TG_NAME);
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION legal_clause_has_a_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW."order" >= (SELECT clauses_total FROM legal_version WHERE id = NEW.version_id) THEN
        PERFORM legal_refuse('a published version takes no more clauses', TG_NAME);
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER version_is_kept BEFORE DELETE ON legal_version
    FOR EACH ROW EXECUTE FUNCTION legal_row_is_immutable();
CREATE TRIGGER version_moves_only BEFORE UPDATE ON legal_version
    FOR EACH ROW EXECUTE FUNCTION legal_version_moves_only();
CREATE TRIGGER version_begins_scheduled BEFORE INSERT ON legal_version
    FOR EACH ROW EXECUTE FUNCTION legal_version_begins_scheduled();
CREATE TRIGGER clause_has_a_place BEFORE INSERT ON legal_clause
    FOR EACH ROW EXECUTE FUNCTION legal_clause_has_a_place();
CREATE TRIGGER clause_is_kept BEFORE UPDATE OR DELETE ON legal_clause
    FOR EACH ROW EXECUTE FUNCTION legal_row_is_immutable();
CREATE TRIGGER acceptance_is_kept BEFORE UPDATE OR DELETE ON legal_acceptance
    FOR EACH ROW EXECUTE FUNCTION legal_row_is_immutable();
CREATE TRIGGER notice_is_kept BEFORE UPDATE OR DELETE ON legal_noticeread
    FOR EACH ROW EXECUTE FUNCTION legal_row_is_immutable();
"""

BACK = """
DROP FUNCTION legal_row_is_immutable, legal_version_moves_only, legal_version_begins_scheduled,
    legal_clause_has_a_place CASCADE;
DROP FUNCTION legal_refuse;
"""


class Migration(migrations.Migration):
    dependencies = [("legal", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
