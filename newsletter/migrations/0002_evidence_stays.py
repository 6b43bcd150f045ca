"""Triggers: evidence and the words of a consent do not change; words somebody agreed to are not deleted."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION newsletter_written_once() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'evidence of a consent does not change'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_ARGV[0];
END $$ LANGUAGE plpgsql;

CREATE TRIGGER evidence_stays BEFORE UPDATE ON newsletter_evidence
    FOR EACH ROW EXECUTE FUNCTION newsletter_written_once('evidence_does_not_change');

CREATE TRIGGER consent_text_stays BEFORE UPDATE OR DELETE ON newsletter_consenttext
    FOR EACH ROW EXECUTE FUNCTION newsletter_written_once('consent_text_does_not_change');
"""

BACKWARD = """
DROP TRIGGER consent_text_stays ON newsletter_consenttext;
DROP TRIGGER evidence_stays ON newsletter_evidence;
DROP FUNCTION newsletter_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0001_newsletter")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
