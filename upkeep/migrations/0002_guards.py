"""What was announced cannot be widened, renamed or removed in silence, whoever writes to the table."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION upkeep_keep_the_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'draft' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'window % was announced and stays', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'announced_window_stays';
    END IF;
    IF OLD.kind = 'emergency' AND NEW.kind = 'planned' THEN
        RAISE EXCEPTION 'window % was told as unplanned', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'unplanned_window_stays_unplanned';
    END IF;
    IF OLD.status IN ('done', 'cancelled') AND
       (NEW.kind, NEW.effect, NEW.starts_at, NEW.ends_at, NEW.announced_at, NEW.begun_at, NEW.over_at, NEW.status)
       IS DISTINCT FROM
       (OLD.kind, OLD.effect, OLD.starts_at, OLD.ends_at, OLD.announced_at, OLD.begun_at, OLD.over_at, OLD.status)
    THEN
        RAISE EXCEPTION 'window % is over', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'window_that_is_over_keeps_its_times';
    END IF;
    IF NEW.announced_at < OLD.announced_at THEN
        RAISE EXCEPTION 'window % was not announced that early', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'announcement_is_not_dated_back';
    END IF;
    IF NEW.kind = 'planned' AND NEW.announced_at = OLD.announced_at AND
       (NEW.starts_at < OLD.starts_at OR NEW.ends_at > OLD.ends_at)
    THEN
        RAISE EXCEPTION 'window % is wider than announced', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'planned_window_is_not_widened_in_silence';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER upkeep_keep_the_word BEFORE UPDATE OR DELETE ON upkeep_maintenancewindow
    FOR EACH ROW EXECUTE FUNCTION upkeep_keep_the_word();
"""
BACK = """
DROP TRIGGER upkeep_keep_the_word ON upkeep_maintenancewindow;
DROP FUNCTION upkeep_keep_the_word();
"""


class Migration(migrations.Migration):
    dependencies = [("upkeep", "0001_upkeep")]
    operations = [migrations.RunSQL(GUARDS, BACK)]
