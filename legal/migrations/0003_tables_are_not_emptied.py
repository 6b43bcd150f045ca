"""TRUNCATE fires no trigger for rows: it gets its own, so that nothing published can be emptied away."""

from django.db import migrations

TABLES = ("version", "clause", "acceptance", "noticeread")

FORWARD = """
CREATE FUNCTION legal_table_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM legal_refuse(TG_TABLE_NAME || ' cannot be emptied', TG_NAME);
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON legal_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION legal_table_is_kept();
"""
    for table in TABLES
)

BACKWARD = "DROP FUNCTION legal_table_is_kept CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("legal", "0002_versions_cannot_change")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
