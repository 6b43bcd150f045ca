"""Rows that lists of goods are read from, and how the database keeps them.

`commerce_listed` says what a row holds. Triggers note each product that a statement touched and purge the
kept answers that show it; `commerce_refresh` makes the noted rows anew. Everything is by statement: saving
one row by Django, an UPDATE of Oscar and an import of thousands are the same.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

READING = r"""
CREATE FUNCTION commerce_lower(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regexp_replace(lower(translate(words, 'IİÇĞÖŞÜÂÎÛ', 'ıiçğöşüâîû')), '[^[:alnum:]çğıöşüâîû]+', ' ', 'g');

-- As core.text.fold, with nothing but letters and digits left.
CREATE FUNCTION commerce_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    translate(commerce_lower(words), 'çğıöşüâîû', 'cgiosuaiu');

-- Live offers (commerce.catalogue.selling). The same choice as commerce.partner.strategy.
CREATE VIEW commerce_offered AS
SELECT tag.id, coalesce(product.parent_id, product.id) AS product_id, tag.product_id AS sold_id, tag.partner_id,
    tag.price, tag.price_since, tag.struck_price,
    NOT class.track_stock OR coalesce(tag.num_in_stock > coalesce(tag.num_allocated, 0), false) AS can_be_bought
FROM partner_stockrecord AS tag
JOIN partner_partner AS seller ON seller.id = tag.partner_id AND seller.is_selling
JOIN catalogue_product AS product ON product.id = tag.product_id AND product.is_public
LEFT JOIN catalogue_product AS parent ON parent.id = product.parent_id
JOIN catalogue_productclass AS class ON class.id = coalesce(parent.product_class_id, product.product_class_id)
WHERE tag.is_offered AND tag.price IS NOT NULL;

CREATE VIEW commerce_listed AS
SELECT product.id AS product_id, product.date_created AS created, best.id AS offer_id, best.price,
    round(best.price * 1000 / pack.amount, 2) AS unit_price, coalesce(pack.unit, '') AS unit,
    -- "from" the price of a pack strikes nothing; for how long it may be struck is judged when it is read
    CASE WHEN best.sold_id = product.id THEN best.struck_price END AS struck_price,
    CASE WHEN best.sold_id = product.id AND best.struck_price IS NOT NULL THEN best.price_since END AS struck_since,
    coalesce(best.can_be_bought, false) AS can_be_bought, coalesce(first.original, '') AS picture,
    coalesce(other.titles, '{}') AS titles, product.rating, product.reviews_count,
    coalesce(shelf.ids, '{}') AS shelves, coalesce(option.ids, '{}') AS options,
    coalesce(seller.ids, '{}') AS sellers,
    setweight(to_tsvector('simple', commerce_plain(concat_ws(' ', product.title, other.names, variant.titles))), 'A')
    || setweight(to_tsvector('simple', commerce_plain(concat_ws(' ', shelf.names, seller.names, option.names))), 'B')
    || setweight(to_tsvector('simple', commerce_plain(concat_ws(' ', product.description, other.descriptions))), 'C')
    AS words,
    -- small before commerce_lower sees it, which takes a capital I for Turkish
    concat_ws(' ', product.title, shelf.names, seller.names, option.names, lower(other.names COLLATE "C")) AS spoken
FROM catalogue_product AS product
LEFT JOIN LATERAL (
    SELECT offer.* FROM catalogue_product AS sold JOIN commerce_offered AS offer ON offer.sold_id = sold.id
    WHERE sold.id = product.id OR sold.parent_id = product.id
    ORDER BY offer.can_be_bought DESC, offer.price, offer.id LIMIT 1
) AS best ON true
LEFT JOIN LATERAL (
    SELECT value.value_integer AS amount, CASE attribute.code WHEN 'net_weight_g' THEN 'kg' ELSE 'L' END AS unit
    FROM catalogue_productattributevalue AS value
    JOIN catalogue_productattribute AS attribute ON attribute.id = value.attribute_id
    WHERE value.product_id = best.sold_id AND attribute.code IN ('net_weight_g', 'net_volume_ml')
        AND value.value_integer > 0
    ORDER BY attribute.code LIMIT 1
) AS pack ON true
LEFT JOIN LATERAL (
    SELECT picture.original FROM catalogue_productimage AS picture WHERE picture.product_id = product.id
    ORDER BY picture.display_order, picture.id LIMIT 1
) AS first ON true
LEFT JOIN LATERAL (
    SELECT string_agg(child.title, ' ') AS titles FROM catalogue_product AS child
    WHERE child.parent_id = product.id AND child.is_public
) AS variant ON true
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(told.language, told.title) AS titles, string_agg(told.title, ' ') AS names,
        string_agg(told.description, ' ') AS descriptions
    FROM commerce_producttext AS told WHERE told.product_id = product.id
) AS other ON true
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT above.id) AS ids, string_agg(DISTINCT above.name, ' ') AS names
    FROM catalogue_productcategory AS link
    JOIN catalogue_category AS shelf ON shelf.id = link.category_id
    JOIN catalogue_category AS above ON above.path IN (
        SELECT left(shelf.path, place) FROM generate_series(4, length(shelf.path), 4) AS place
    )
    WHERE link.product_id = product.id
) AS shelf ON true
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT option.id) AS ids, string_agg(DISTINCT option.option, ' ') AS names
    FROM catalogue_productattributevalue AS value
    JOIN catalogue_productattribute AS attribute ON attribute.id = value.attribute_id
    LEFT JOIN catalogue_productattributevalue_value_multi_option AS many
        ON many.productattributevalue_id = value.id
    JOIN catalogue_attributeoption AS option
        ON option.id = coalesce(many.attributeoption_id, value.value_option_id)
    WHERE value.product_id = product.id AND attribute.code IN ('species', 'age', 'protein')
) AS option ON true
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT offer.partner_id) AS ids, string_agg(DISTINCT partner.name, ' ') AS names
    FROM catalogue_product AS sold JOIN commerce_offered AS offer ON offer.sold_id = sold.id
    JOIN partner_partner AS partner ON partner.id = offer.partner_id
    WHERE sold.id = product.id OR sold.parent_id = product.id
) AS seller ON true
-- As Products.on_sale: out when every seller of it has stopped; goods that nobody has priced yet are shown.
WHERE product.is_public AND product.parent_id IS NULL AND (best.id IS NOT NULL OR NOT EXISTS (
    SELECT FROM catalogue_product AS sold JOIN partner_stockrecord AS tag ON tag.product_id = sold.id
    JOIN partner_partner AS stopped ON stopped.id = tag.partner_id AND NOT stopped.is_selling
    WHERE sold.id = product.id OR sold.parent_id = product.id
));
"""

REFRESHING = r"""
-- One at a time: rows are computed by the statement after the lock, so they see what was committed before.
CREATE FUNCTION commerce_refresh(most integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    IF NOT EXISTS (SELECT FROM commerce_duelisting) THEN
        RETURN true;
    END IF;
    PERFORM pg_advisory_xact_lock(7301095);
    WITH taken AS (
        DELETE FROM commerce_duelisting WHERE id IN (SELECT id FROM commerce_duelisting ORDER BY id LIMIT most)
        RETURNING product_id
    )
    SELECT array_agg(DISTINCT product_id) INTO ids FROM taken;
    WITH fresh AS MATERIALIZED (
        SELECT * FROM commerce_listed WHERE product_id = ANY (ids)
    ), gone AS (
        DELETE FROM commerce_listing
        WHERE product_id = ANY (ids) AND product_id NOT IN (SELECT product_id FROM fresh)
    ), kept AS (
        INSERT INTO commerce_listing AS row (product_id, created, offer_id, price, unit_price, unit, struck_price,
            struck_since, can_be_bought, picture, titles, rating, reviews_count, shelves, options, sellers, words)
        SELECT product_id, created, offer_id, price, unit_price, unit, struck_price,
            struck_since, can_be_bought, picture, titles, rating, reviews_count, shelves, options, sellers, words
        FROM fresh
        ON CONFLICT (product_id) DO UPDATE SET created = excluded.created, offer_id = excluded.offer_id,
            price = excluded.price, unit_price = excluded.unit_price, unit = excluded.unit,
            struck_price = excluded.struck_price, struck_since = excluded.struck_since,
            can_be_bought = excluded.can_be_bought, picture = excluded.picture, titles = excluded.titles,
            rating = excluded.rating, reviews_count = excluded.reviews_count, shelves = excluded.shelves,
            options = excluded.options, sellers = excluded.sellers, words = excluded.words
        WHERE row.* IS DISTINCT FROM excluded.*
    )
    INSERT INTO commerce_word (spelling, plain)
    SELECT DISTINCT word, commerce_plain(word)
    FROM fresh, unnest(string_to_array(commerce_lower(spoken), ' ')) AS word
    WHERE length(word) BETWEEN 3 AND 100 AND word !~ '[0-9]' AND NOT EXISTS (SELECT FROM commerce_word WHERE spelling = word)
    ON CONFLICT DO NOTHING;
    RETURN NOT EXISTS (SELECT FROM commerce_duelisting);
END $$;
"""

NOTING = r"""
-- As core.response_cache.purge, without the nudge to the worker: its rendering costs the next reader little.
CREATE FUNCTION commerce_purge(tags text[]) RETURNS void LANGUAGE sql AS $$
    WITH said AS (
        INSERT INTO core_purge (tag, xid, at)
        SELECT tag, pg_current_xact_id(), now() FROM unnest(tags) AS tag
        WHERE NOT EXISTS (
            SELECT FROM core_purge WHERE core_purge.tag = tag.tag AND xid = pg_current_xact_id()
        )
        RETURNING 1
    )
    SELECT pg_notify('dijivet_purge', string_agg(tag, ' '))
    FROM unnest(tags) WITH ORDINALITY AS named (tag, place)
    WHERE EXISTS (SELECT FROM said)
    GROUP BY (place - 1) / 100
$$;

-- These products may be listed otherwise now. Pages of the product, its shelves and the whole list say so;
-- where very many are touched at once, everything that shows goods.
CREATE FUNCTION commerce_touch(touched bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    SELECT array_agg(DISTINCT coalesce(product.parent_id, one)) INTO ids
    FROM unnest(touched) AS one LEFT JOIN catalogue_product AS product ON product.id = one
    WHERE one IS NOT NULL;
    IF ids IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO commerce_duelisting (product_id) SELECT unnest(ids);
    IF cardinality(ids) > 200 THEN
        PERFORM commerce_purge(ARRAY['goods']);
        RETURN;
    END IF;
    PERFORM commerce_purge(array_agg(tag)) FROM (
        SELECT 'store' AS tag
        UNION SELECT 'product:' || one FROM unnest(ids) AS one
        UNION SELECT 'shelf:' || shelf FROM commerce_listing, unnest(shelves) AS shelf WHERE product_id = ANY (ids)
        UNION SELECT 'shelf:' || above.id FROM catalogue_productcategory AS link
            JOIN catalogue_category AS shelf ON shelf.id = link.category_id
            JOIN catalogue_category AS above ON above.path IN (
                SELECT left(shelf.path, place) FROM generate_series(4, length(shelf.path), 4) AS place
            )
            WHERE link.product_id = ANY (ids)
    ) AS named;
END $$;

-- TG_ARGV[0] asks `changed` for the products that rows belong to; after an UPDATE also those before it.
CREATE FUNCTION commerce_rows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
    former bigint[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT found.id) FROM (%s) AS found (id)', TG_ARGV[0]) INTO ids;
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT array_agg(DISTINCT found.id) FROM (%s) AS found (id)',
            replace(TG_ARGV[0], 'changed', 'before')) INTO former;
    END IF;
    PERFORM commerce_touch(ids || former);
    RETURN NULL;
END $$;

-- Orders change stock all day. Lists show whether there is any; product pages show the last five by number.
CREATE FUNCTION commerce_offers_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
    levels text[];
BEGIN
    WITH both_sides AS (
        SELECT now.product_id, was.product_id AS former,
            now.num_in_stock - coalesce(now.num_allocated, 0) AS level,
            was.num_in_stock - coalesce(was.num_allocated, 0) AS former_level,
            to_jsonb(now) - ARRAY['num_in_stock', 'num_allocated', 'date_updated'] AS rest,
            to_jsonb(was) - ARRAY['num_in_stock', 'num_allocated', 'date_updated'] AS former_rest
        FROM changed AS now JOIN before AS was ON was.id = now.id
    ), judged AS (
        SELECT *, rest IS DISTINCT FROM former_rest OR (level > 0) IS DISTINCT FROM (former_level > 0) AS is_listed
        FROM both_sides
    )
    SELECT array_agg(one) FILTER (WHERE is_listed),
        array_agg(DISTINCT 'product:' || coalesce(product.parent_id, one))
        FILTER (WHERE least(level, 6) IS DISTINCT FROM least(former_level, 6))
    INTO ids, levels
    FROM judged, unnest(ARRAY[judged.product_id, former]) AS one
    LEFT JOIN catalogue_product AS product ON product.id = one;
    PERFORM commerce_touch(ids);
    IF levels IS NOT NULL THEN
        PERFORM commerce_purge(levels);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION commerce_shelves_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM commerce_purge(ARRAY['goods']);  -- every page of the store names shelves
    PERFORM commerce_touch(ARRAY(
        SELECT link.product_id FROM changed JOIN catalogue_category AS shelf ON starts_with(shelf.path, changed.path)
        JOIN catalogue_productcategory AS link ON link.category_id = shelf.id
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER shelves_changed AFTER UPDATE ON catalogue_category REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION commerce_shelves_changed();
CREATE TRIGGER offers_updated AFTER UPDATE ON partner_stockrecord
    REFERENCING NEW TABLE AS changed OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION commerce_offers_updated();
"""

# Table, events, whose rows they are.
OWN = "SELECT product_id FROM changed"
OF_VALUES = (
    "SELECT value.product_id FROM changed JOIN catalogue_productattributevalue AS value"
    " ON value.id = changed.productattributevalue_id"
)
WATCHED = [
    ("catalogue_product", ("INSERT", "UPDATE", "DELETE"), "SELECT coalesce(parent_id, id) FROM changed"),
    ("catalogue_productimage", ("INSERT", "UPDATE", "DELETE"), OWN),
    ("catalogue_productcategory", ("INSERT", "UPDATE", "DELETE"), OWN),
    ("catalogue_productattributevalue", ("INSERT", "UPDATE", "DELETE"), OWN),
    ("catalogue_productattributevalue_value_multi_option", ("INSERT", "DELETE"), OF_VALUES),
    ("commerce_producttext", ("INSERT", "UPDATE", "DELETE"), OWN),
    ("partner_stockrecord", ("INSERT", "DELETE"), OWN),
    (
        "partner_partner",
        ("UPDATE",),
        "SELECT tag.product_id FROM changed JOIN partner_stockrecord AS tag ON tag.partner_id = changed.id",
    ),
    (
        "catalogue_productclass",
        ("UPDATE",),
        "SELECT product.id FROM changed JOIN catalogue_product AS product ON product.product_class_id = changed.id",
    ),
    (
        "catalogue_attributeoption",
        ("UPDATE",),
        "SELECT value.product_id FROM changed JOIN catalogue_productattributevalue_value_multi_option AS many"
        " ON many.attributeoption_id = changed.id JOIN catalogue_productattributevalue AS value"
        " ON value.id = many.productattributevalue_id",
    ),
]
SIDES = {
    "INSERT": "NEW TABLE AS changed",
    "UPDATE": "NEW TABLE AS changed OLD TABLE AS before",
    "DELETE": "OLD TABLE AS changed",
}


def triggers():
    for table, events, query in WATCHED:
        for event in events:
            name = f"listing_follows_{event.lower()}"
            yield (
                f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {SIDES[event]}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION commerce_rows_changed('{query}')",
                f"DROP TRIGGER {name} ON {table}",
            )


BACK = """
DROP TRIGGER offers_updated ON partner_stockrecord;
DROP TRIGGER shelves_changed ON catalogue_category;
DROP FUNCTION commerce_shelves_changed;
DROP FUNCTION commerce_offers_updated;
DROP FUNCTION commerce_rows_changed;
DROP FUNCTION commerce_touch;
DROP FUNCTION commerce_purge;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0036_reviews_count'),
        ('commerce', '0005_cancellations_returns_reports'),
        ('core', '0002_kept_answers'),
        ('faq', '0001_initial'),
        ('partner', '0009_offers_and_prices'),
    ]

    operations = [
        migrations.CreateModel(
            name='DueListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('product_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spelling', models.CharField(max_length=100, unique=True)),
                ('plain', models.CharField(max_length=100)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['plain'], name='goods_by_trigrams', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('product', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='listing', serialize=False, to='catalogue.product')),
                ('created', models.DateTimeField()),
                ('price', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('unit_price', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('unit', models.CharField(max_length=2)),
                ('struck_price', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('struck_since', models.DateTimeField(null=True)),
                ('can_be_bought', models.BooleanField()),
                ('picture', models.CharField(max_length=255)),
                ('titles', models.JSONField()),
                ('rating', models.FloatField(null=True)),
                ('reviews_count', models.PositiveIntegerField()),
                ('shelves', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('sellers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('offer', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partner.stockrecord')),
            ],
            options={
                'indexes': [models.Index(fields=['-created', '-product'], name='listing_by_age'), models.Index(fields=['price', 'product'], name='listing_by_price'), models.Index(fields=['unit_price', 'product'], name='listing_by_unit_price'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='listing_by_words'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['shelves'], name='listing_by_shelf')],
            },
        ),
        migrations.RunSQL(
            READING,
            "DROP VIEW commerce_listed; DROP VIEW commerce_offered; DROP FUNCTION commerce_plain; DROP FUNCTION commerce_lower;",
        ),
        migrations.RunSQL(REFRESHING, "DROP FUNCTION commerce_refresh"),
        migrations.RunSQL(NOTING, BACK),
        *[migrations.RunSQL(*pair) for pair in triggers()],
        migrations.RunSQL("INSERT INTO commerce_duelisting (product_id) SELECT id FROM catalogue_product", migrations.RunSQL.noop),
    ]
