"""An animal always has a main keeper, whoever leaves and however many at once."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION pets_keep_a_keeper() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    animal bigint;
BEGIN
    IF TG_TABLE_NAME = 'pets_pet' THEN
        animal := NEW.id;
    ELSE
        animal := OLD.pet_id;
    END IF;
    -- Whoever takes a keeper away waits here for the other one who does.
    PERFORM 1 FROM pets_pet WHERE id = animal FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pets_keeper WHERE pet_id = animal AND part = 'primary') THEN
        RAISE EXCEPTION 'pet % would be without a main keeper', animal
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pet_keeps_a_main_keeper';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER pet_keeps_a_main_keeper AFTER UPDATE OR DELETE ON pets_keeper
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pets_keep_a_keeper();
CREATE CONSTRAINT TRIGGER pet_begins_with_a_main_keeper AFTER INSERT ON pets_pet
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pets_keep_a_keeper();
"""
BACK = """
DROP TRIGGER pet_begins_with_a_main_keeper ON pets_pet;
DROP TRIGGER pet_keeps_a_main_keeper ON pets_keeper;
DROP FUNCTION pets_keep_a_keeper();
"""


class Migration(migrations.Migration):
    dependencies = [("pets", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, BACK)]
