"""Triggers: what was announced is neither deleted nor hidden, and a retraction is not taken back."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION blog_announcement_stays() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an announcement is retracted, not deleted'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'announcement_is_not_deleted';
    END IF;
    IF (NEW.id, NEW.post_id, NEW.at, NEW.origin) IS DISTINCT FROM (OLD.id, OLD.post_id, OLD.at, OLD.origin) THEN
        RAISE EXCEPTION 'what was announced does not change'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'announcement_does_not_change';
    END IF;
    IF OLD.retracted_at IS NOT NULL AND (
        (NEW.retracted_at, NEW.note) IS DISTINCT FROM (OLD.retracted_at, OLD.note)
        OR (NEW.retracted_by_id IS NOT NULL AND NEW.retracted_by_id IS DISTINCT FROM OLD.retracted_by_id)
    ) THEN
        RAISE EXCEPTION 'a retraction is final'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'retraction_is_final';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;

CREATE TRIGGER announcement_stays BEFORE UPDATE OR DELETE ON blog_announcement
    FOR EACH ROW EXECUTE FUNCTION blog_announcement_stays();

CREATE FUNCTION blog_announced_page_stays_live() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM blog_announcement WHERE post_id = NEW.id) THEN
        RAISE EXCEPTION 'an announcement is retracted, not unpublished'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'announcement_is_not_unpublished';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;

CREATE TRIGGER announced_page_stays_live BEFORE UPDATE OF live ON wagtailcore_page
    FOR EACH ROW WHEN (OLD.live AND NOT NEW.live) EXECUTE FUNCTION blog_announced_page_stays_live();
"""

BACKWARD = """
DROP TRIGGER announced_page_stays_live ON wagtailcore_page;
DROP FUNCTION blog_announced_page_stays_live();
DROP TRIGGER announcement_stays ON blog_announcement;
DROP FUNCTION blog_announcement_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_blog")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
