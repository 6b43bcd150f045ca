"""What was quoted stays as it was sent: a new quote replaces it, nothing changes it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION transfers_quote_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ROW(OLD.request_id, OLD.price, OLD.pickup_at, OLD.minutes, OLD.vehicle_id, OLD.driver_id, OLD.plate,
           OLD.policy, OLD.note, OLD.valid_until, OLD.made_at)
       IS DISTINCT FROM
       ROW(NEW.request_id, NEW.price, NEW.pickup_at, NEW.minutes, NEW.vehicle_id, NEW.driver_id, NEW.plate,
           NEW.policy, NEW.note, NEW.valid_until, NEW.made_at)
    THEN
        RAISE EXCEPTION 'quote % was sent and does not change', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sent_quote_stays_as_it_is';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER sent_quote_stays_as_it_is BEFORE UPDATE ON transfers_quote
    FOR EACH ROW EXECUTE FUNCTION transfers_quote_stays();
"""
BACK = """
DROP TRIGGER sent_quote_stays_as_it_is ON transfers_quote;
DROP FUNCTION transfers_quote_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("transfers", "0001_the_road")]
    operations = [migrations.RunSQL(GUARD, BACK)]
