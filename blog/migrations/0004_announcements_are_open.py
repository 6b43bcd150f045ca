"""An announcement is for everyone: no restriction lies over it, and its table is not emptied."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION blog_announcement_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM wagtailcore_page hidden
        JOIN wagtailcore_page post ON starts_with(post.path, hidden.path)
        JOIN blog_announcement ON blog_announcement.post_id = post.id
        WHERE hidden.id = NEW.page_id
    ) THEN
        RAISE EXCEPTION 'an announcement is retracted, not hidden'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'announcement_is_open';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER announcement_is_open BEFORE INSERT OR UPDATE ON wagtailcore_pageviewrestriction
    FOR EACH ROW EXECUTE FUNCTION blog_announcement_is_open();

CREATE FUNCTION blog_announcements_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'announcements are retracted, not emptied'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'announcements_are_not_emptied';
END $$;

CREATE TRIGGER announcements_are_not_emptied BEFORE TRUNCATE ON blog_announcement
    FOR EACH STATEMENT EXECUTE FUNCTION blog_announcements_are_kept();
"""

BACKWARD = """
DROP TRIGGER announcements_are_not_emptied ON blog_announcement;
DROP FUNCTION blog_announcements_are_kept();
DROP TRIGGER announcement_is_open ON wagtailcore_pageviewrestriction;
DROP FUNCTION blog_announcement_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [("blog", "0003_clause_quotes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
