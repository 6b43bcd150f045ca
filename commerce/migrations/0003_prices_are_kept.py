"""What the database itself keeps of prices and stock, whoever writes to `partner_stockrecord`.

- each price is a row with its moment; rows are never changed or removed, and only grow forward
- `price_since` and `struck_price` follow from those rows: the lowest price of the 30 days before the price in
  force began, where that was more than it is now and the goods had a price 30 days before
- each change of the number in stock is a row with its reason

Verbs say who, why and when by `dijivet.by`, `.reason`, `.note`, `.at` (`commerce.hand`).
"""

from django.db import migrations

KEEP = """
INSERT INTO commerce_pricechange (record_id, price, at, reason)
    SELECT id, price, date_created, '' FROM partner_stockrecord WHERE price IS NOT NULL;
UPDATE partner_stockrecord SET price_since = date_created WHERE price IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;

CREATE FUNCTION commerce_hand(name text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('dijivet.' || name, true), '')
$$;

CREATE FUNCTION commerce_lowest_before(p_record bigint, p_began timestamptz) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT min(price) FROM commerce_pricechange
    WHERE record_id = p_record AND at < p_began AND at >= (
        SELECT max(at) FROM commerce_pricechange
        WHERE record_id = p_record AND at <= p_began - interval '30 days'
    )
$$;

CREATE FUNCTION commerce_price_is_dated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz;
    lowest numeric;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.price IS NOT DISTINCT FROM OLD.price THEN
        NEW.price_since := OLD.price_since;
        NEW.struck_price := OLD.struck_price;
        RETURN NEW;
    END IF;
    moment := coalesce(commerce_hand('at')::timestamptz, clock_timestamp());
    NEW.price_since := moment;
    NEW.struck_price := NULL;
    IF TG_OP = 'UPDATE' AND NEW.price IS NOT NULL THEN
        lowest := commerce_lowest_before(NEW.id, moment);
        IF lowest > NEW.price THEN
            NEW.struck_price := lowest;
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER price_is_dated BEFORE INSERT OR UPDATE ON partner_stockrecord
    FOR EACH ROW EXECUTE FUNCTION commerce_price_is_dated();

CREATE FUNCTION commerce_keep_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO commerce_pricechange (record_id, price, at, by_id, reason)
        VALUES (NEW.id, NEW.price, NEW.price_since, commerce_hand('by')::bigint, coalesce(commerce_hand('reason'), ''));
    RETURN NULL;
END $$;
CREATE TRIGGER first_price_is_kept AFTER INSERT ON partner_stockrecord
    FOR EACH ROW WHEN (NEW.price IS NOT NULL) EXECUTE FUNCTION commerce_keep_price();
CREATE TRIGGER price_is_kept AFTER UPDATE ON partner_stockrecord
    FOR EACH ROW WHEN (NEW.price IS DISTINCT FROM OLD.price) EXECUTE FUNCTION commerce_keep_price();

CREATE FUNCTION commerce_keep_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO commerce_stockchange (record_id, delta, after, at, by_id, reason, note)
        VALUES (NEW.id, NEW.num_in_stock - OLD.num_in_stock, NEW.num_in_stock,
            coalesce(commerce_hand('at')::timestamptz, clock_timestamp()), commerce_hand('by')::bigint,
            coalesce(commerce_hand('reason'), ''), coalesce(commerce_hand('note'), ''));
    RETURN NULL;
END $$;
CREATE TRIGGER stock_is_kept AFTER UPDATE ON partner_stockrecord
    FOR EACH ROW WHEN (NEW.num_in_stock IS DISTINCT FROM OLD.num_in_stock) EXECUTE FUNCTION commerce_keep_stock();

CREATE FUNCTION commerce_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is never changed: % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'history_is_never_changed';
END $$;
CREATE TRIGGER history_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON commerce_pricechange
    FOR EACH STATEMENT EXECUTE FUNCTION commerce_never();
CREATE TRIGGER history_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON commerce_stockchange
    FOR EACH STATEMENT EXECUTE FUNCTION commerce_never();

CREATE FUNCTION commerce_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM commerce_pricechange WHERE record_id = NEW.record_id AND at > NEW.at) THEN
        RAISE EXCEPTION 'a later price of % is known', NEW.record_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prices_follow_each_other';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER prices_follow_each_other BEFORE INSERT ON commerce_pricechange
    FOR EACH ROW EXECUTE FUNCTION commerce_forward();
"""
BACK = """
DROP TRIGGER prices_follow_each_other ON commerce_pricechange;
DROP TRIGGER history_is_never_changed ON commerce_stockchange;
DROP TRIGGER history_is_never_changed ON commerce_pricechange;
DROP TRIGGER stock_is_kept ON partner_stockrecord;
DROP TRIGGER price_is_kept ON partner_stockrecord;
DROP TRIGGER first_price_is_kept ON partner_stockrecord;
DROP TRIGGER price_is_dated ON partner_stockrecord;
DROP FUNCTION commerce_forward;
DROP FUNCTION commerce_never;
DROP FUNCTION commerce_keep_stock;
DROP FUNCTION commerce_keep_price;
DROP FUNCTION commerce_price_is_dated;
DROP FUNCTION commerce_lowest_before;
DROP FUNCTION commerce_hand;
TRUNCATE commerce_pricechange;
"""


class Migration(migrations.Migration):
    dependencies = [("commerce", "0002_goods")]
    operations = [migrations.RunSQL(KEEP, BACK)]
