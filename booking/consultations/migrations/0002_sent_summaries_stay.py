"""The database itself refuses to change what was sent to an owner, whoever asks."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION consultations_summary_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL THEN
        RAISE EXCEPTION 'a summary that was sent cannot be changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION consultations_addendum_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an addendum cannot be changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $$;

CREATE TRIGGER sent_summary_is_kept BEFORE UPDATE OR DELETE ON consultations_summary
    FOR EACH ROW EXECUTE FUNCTION consultations_summary_is_kept();
CREATE TRIGGER addendum_is_kept BEFORE UPDATE OR DELETE ON consultations_addendum
    FOR EACH ROW EXECUTE FUNCTION consultations_addendum_is_kept();
"""
BACKWARDS = """
DROP TRIGGER addendum_is_kept ON consultations_addendum;
DROP TRIGGER sent_summary_is_kept ON consultations_summary;
DROP FUNCTION consultations_addendum_is_kept();
DROP FUNCTION consultations_summary_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_the_room")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
