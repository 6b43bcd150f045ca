"""A discount is counted from prices that buyers could pay: 30 days without a gap, offered and public.

`commerce_onsale` has a row for each price tag that is on sale, with the moment it came there; the database
keeps it, whoever writes. Without it a high price on goods that nobody saw would become "before".
"""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION commerce_follow_sale(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    WITH live AS MATERIALIZED (
        SELECT tag.id FROM partner_stockrecord AS tag
        JOIN partner_partner AS seller ON seller.id = tag.partner_id AND seller.is_selling
        JOIN catalogue_product AS product ON product.id = tag.product_id AND product.is_public
        LEFT JOIN catalogue_product AS parent ON parent.id = product.parent_id
        WHERE tag.id = ANY (ids) AND tag.is_offered AND tag.price IS NOT NULL
            AND coalesce(parent.is_public, true)
    ), gone AS (
        DELETE FROM commerce_onsale WHERE record_id = ANY (ids) AND record_id NOT IN (SELECT id FROM live)
    )
    INSERT INTO commerce_onsale (record_id, since)
    SELECT id, coalesce(commerce_hand('at')::timestamptz, clock_timestamp()) FROM live
    ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION commerce_tags_on_sale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM commerce_follow_sale(ARRAY(SELECT id FROM changed));
    RETURN NULL;
END $$;
CREATE TRIGGER sale_begins AFTER INSERT ON partner_stockrecord REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION commerce_tags_on_sale();

CREATE FUNCTION commerce_tag_on_sale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM commerce_follow_sale(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE TRIGGER sale_follows_its_tag AFTER UPDATE ON partner_stockrecord FOR EACH ROW
    WHEN ((NEW.is_offered, NEW.price IS NULL) IS DISTINCT FROM (OLD.is_offered, OLD.price IS NULL))
    EXECUTE FUNCTION commerce_tag_on_sale();

CREATE FUNCTION commerce_goods_on_sale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM commerce_follow_sale(ARRAY(
        SELECT tag.id FROM partner_stockrecord AS tag JOIN catalogue_product AS sold ON sold.id = tag.product_id
        WHERE sold.id = NEW.id OR sold.parent_id = NEW.id
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER sale_follows_its_goods AFTER UPDATE ON catalogue_product FOR EACH ROW
    WHEN (NEW.is_public IS DISTINCT FROM OLD.is_public) EXECUTE FUNCTION commerce_goods_on_sale();

CREATE FUNCTION commerce_seller_on_sale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM commerce_follow_sale(ARRAY(SELECT id FROM partner_stockrecord WHERE partner_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER sale_follows_its_seller AFTER UPDATE ON partner_partner FOR EACH ROW
    WHEN (NEW.is_selling IS DISTINCT FROM OLD.is_selling) EXECUTE FUNCTION commerce_seller_on_sale();

CREATE OR REPLACE FUNCTION commerce_lowest_before(p_record bigint, p_began timestamptz) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT min(price) FROM commerce_pricechange
    WHERE record_id = p_record AND at < p_began AND at >= (
        SELECT max(at) FROM commerce_pricechange
        WHERE record_id = p_record AND at <= p_began - interval '30 days'
    ) AND EXISTS (
        SELECT FROM commerce_onsale WHERE record_id = p_record AND since <= p_began - interval '30 days'
    )
$$;

-- Nobody wrote down when they came: what is on sale now counts from its first price.
SELECT commerce_follow_sale(ARRAY(SELECT id FROM partner_stockrecord));
UPDATE commerce_onsale SET since = first.at FROM (
    SELECT record_id, min(at) AS at FROM commerce_pricechange GROUP BY record_id
) AS first WHERE first.record_id = commerce_onsale.record_id;
"""
BACK = """
CREATE OR REPLACE FUNCTION commerce_lowest_before(p_record bigint, p_began timestamptz) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT min(price) FROM commerce_pricechange
    WHERE record_id = p_record AND at < p_began AND at >= (
        SELECT max(at) FROM commerce_pricechange
        WHERE record_id = p_record AND at <= p_began - interval '30 days'
    )
$$;
DROP TRIGGER sale_follows_its_seller ON partner_partner;
DROP TRIGGER sale_follows_its_goods ON catalogue_product;
DROP TRIGGER sale_follows_its_tag ON partner_stockrecord;
DROP TRIGGER sale_begins ON partner_stockrecord;
DROP FUNCTION commerce_seller_on_sale;
DROP FUNCTION commerce_goods_on_sale;
DROP FUNCTION commerce_tag_on_sale;
DROP FUNCTION commerce_tags_on_sale;
DROP FUNCTION commerce_follow_sale;
"""


class Migration(migrations.Migration):
    dependencies = [("commerce", "0006_listings")]
    operations = [
        migrations.CreateModel(
            name="OnSale",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="partner.stockrecord",
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(KEEP, BACK),
    ]
