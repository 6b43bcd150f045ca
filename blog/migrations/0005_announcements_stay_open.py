"""An announcement is not moved below a restriction either."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION blog_announcement_stays_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM blog_announcement WHERE post_id = NEW.id) AND EXISTS (
        SELECT 1 FROM wagtailcore_pageviewrestriction wall
        JOIN wagtailcore_page hidden ON hidden.id = wall.page_id
        WHERE starts_with(NEW.path, hidden.path)
    ) THEN
        RAISE EXCEPTION 'an announcement is retracted, not hidden'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'announcement_is_open';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER announcement_stays_open BEFORE UPDATE OF path ON wagtailcore_page
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION blog_announcement_stays_open();
"""

BACKWARD = """
DROP TRIGGER announcement_stays_open ON wagtailcore_page;
DROP FUNCTION blog_announcement_stays_open();
"""


class Migration(migrations.Migration):
    dependencies = [("blog", "0004_announcements_are_open")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
