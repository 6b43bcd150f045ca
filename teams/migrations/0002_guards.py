"""A business always has an owner, and a role is one of its own business: whoever asks, however many at once."""

from django.db import migrations

GUARDS = """
ALTER TABLE teams_role ADD CONSTRAINT role_stays_in_its_business UNIQUE (id, business_id);
ALTER TABLE teams_membership ADD CONSTRAINT member_role_is_of_the_same_business
    FOREIGN KEY (role_id, business_id) REFERENCES teams_role (id, business_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION teams_keep_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever removes an owner waits here for the other one who does.
    PERFORM 1 FROM teams_business WHERE id = OLD.business_id FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM teams_membership member JOIN teams_role role ON role.id = member.role_id
        WHERE member.business_id = OLD.business_id AND role.template = 'owner'
    ) THEN
        RAISE EXCEPTION 'business % would be without an owner', OLD.business_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'business_keeps_an_owner';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER business_keeps_an_owner AFTER UPDATE OR DELETE ON teams_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION teams_keep_an_owner();
"""
BACK = """
DROP TRIGGER business_keeps_an_owner ON teams_membership;
DROP FUNCTION teams_keep_an_owner();
ALTER TABLE teams_membership DROP CONSTRAINT member_role_is_of_the_same_business;
ALTER TABLE teams_role DROP CONSTRAINT role_stays_in_its_business;
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, BACK)]
