"""What the database itself keeps of the books, whoever writes to the tables.

- entries of a posting sum to zero in each currency, and come in the transaction of their posting
- balances follow the entries and nothing else
- postings and entries are never changed, removed or emptied; closed days stay closed
- a reversal is the exact opposite of what it reverses

`finance_post` is the one statement of `finance.ledger.post`.
"""

from django.db import migrations

GUARDS = """
ALTER TABLE finance_txn ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE finance_entry ADD CONSTRAINT entry_is_in_the_currency_of_its_account
    FOREIGN KEY (account_id, currency) REFERENCES finance_account (id, currency);

CREATE FUNCTION finance_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books are never changed: % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'books_are_never_changed';
END $$;
CREATE TRIGGER books_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON finance_txn
    FOR EACH STATEMENT EXECUTE FUNCTION finance_never();
CREATE TRIGGER books_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON finance_entry
    FOR EACH STATEMENT EXECUTE FUNCTION finance_never();
CREATE TRIGGER books_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON finance_closedday
    FOR EACH STATEMENT EXECUTE FUNCTION finance_never();
CREATE TRIGGER books_are_never_changed BEFORE TRUNCATE ON finance_account
    FOR EACH STATEMENT EXECUTE FUNCTION finance_never();

CREATE FUNCTION finance_account_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance <> 0 THEN
            RAISE EXCEPTION 'an account begins empty'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'account_begins_empty';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.kind, NEW.user_id, NEW.business_id, NEW.name, NEW.currency) IS DISTINCT FROM
       (OLD.kind, OLD.user_id, OLD.business_id, OLD.name, OLD.currency) THEN
        RAISE EXCEPTION 'account % stays what it is', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'account_stays_what_it_is';
    END IF;
    IF NEW.balance IS DISTINCT FROM OLD.balance AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the balance of account % follows its entries', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'balance_follows_the_entries';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER account_is_kept BEFORE INSERT OR UPDATE ON finance_account
    FOR EACH ROW EXECUTE FUNCTION finance_account_is_kept();

-- Accounts are locked in the order of their numbers, so two postings cannot wait for each other.
CREATE FUNCTION finance_entries_arrived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh JOIN finance_txn t ON t.id = fresh.txn_id WHERE t.xact <> pg_current_xact_id()) THEN
        RAISE EXCEPTION 'a posting is whole when it is made'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_is_whole_when_it_is_made';
    END IF;
    PERFORM FROM finance_account WHERE balance IS NOT NULL AND id IN (SELECT account_id FROM fresh)
        ORDER BY id FOR NO KEY UPDATE;
    UPDATE finance_account SET balance = balance + moved.amount
        FROM (SELECT account_id, sum(amount) AS amount FROM fresh GROUP BY account_id) AS moved
        WHERE id = moved.account_id AND balance IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER entries_arrived AFTER INSERT ON finance_entry REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION finance_entries_arrived();

CREATE FUNCTION finance_posting_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM finance_entry WHERE txn_id = NEW.id)
       OR EXISTS (SELECT FROM finance_entry WHERE txn_id = NEW.id GROUP BY currency HAVING sum(amount) <> 0) THEN
        RAISE EXCEPTION 'posting % does not sum to zero', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_sums_to_zero';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND EXISTS (
        SELECT account_id FROM finance_entry WHERE txn_id IN (NEW.id, NEW.reverses_id)
        GROUP BY account_id HAVING sum(amount) <> 0
    ) THEN
        RAISE EXCEPTION 'posting % is not the opposite of %', NEW.id, NEW.reverses_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reversal_is_the_opposite';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER posting_is_whole AFTER INSERT ON finance_txn DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION finance_posting_is_whole();

CREATE FUNCTION finance_day_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM finance_closedday WHERE day >= NEW.booked_on) THEN
        RAISE EXCEPTION 'the books of % are closed', NEW.booked_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_day_stays_closed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER day_is_open BEFORE INSERT ON finance_txn FOR EACH ROW EXECUTE FUNCTION finance_day_is_open();

CREATE FUNCTION finance_post(
    p_key text, p_kind text, p_source text, p_reverses bigint, p_at timestamptz, p_booked_on date, p_data jsonb,
    p_accounts bigint[], p_amounts numeric[], OUT txn_id bigint, OUT is_new boolean
) LANGUAGE plpgsql AS $$
DECLARE
    content text := md5(row(p_kind, p_source, p_reverses, p_accounts, p_amounts)::text);
    known text;
    written integer;
BEGIN
    INSERT INTO finance_txn (key, kind, source, reverses_id, at, booked_on, digest, data)
        VALUES (p_key, p_kind, p_source, p_reverses, p_at, p_booked_on, content, p_data)
        ON CONFLICT (key) DO NOTHING RETURNING id INTO txn_id;
    is_new := txn_id IS NOT NULL;
    IF NOT is_new THEN
        SELECT id, digest INTO txn_id, known FROM finance_txn WHERE key = p_key;
        IF known <> content THEN
            RAISE EXCEPTION 'key % was used for another posting', p_key
                USING ERRCODE = 'check_violation', CONSTRAINT = 'key_names_one_posting';
        END IF;
        RETURN;
    END IF;
    INSERT INTO finance_entry (txn_id, account_id, currency, amount)
        SELECT finance_post.txn_id, leg.account_id, account.currency, leg.amount
        FROM unnest(p_accounts, p_amounts) WITH ORDINALITY AS leg (account_id, amount, place)
        JOIN finance_account account ON account.id = leg.account_id ORDER BY leg.place;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> cardinality(p_accounts) THEN
        RAISE EXCEPTION 'an account of % is unknown', p_key
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_has_an_account';
    END IF;
END $$;
"""
BACK = """
DROP FUNCTION finance_post;
DROP TRIGGER day_is_open ON finance_txn;
DROP TRIGGER posting_is_whole ON finance_txn;
DROP TRIGGER entries_arrived ON finance_entry;
DROP TRIGGER account_is_kept ON finance_account;
DROP TRIGGER books_are_never_changed ON finance_account;
DROP TRIGGER books_are_never_changed ON finance_closedday;
DROP TRIGGER books_are_never_changed ON finance_entry;
DROP TRIGGER books_are_never_changed ON finance_txn;
DROP FUNCTION finance_day_is_open;
DROP FUNCTION finance_posting_is_whole;
DROP FUNCTION finance_entries_arrived;
DROP FUNCTION finance_account_is_kept;
DROP FUNCTION finance_never;
ALTER TABLE finance_entry DROP CONSTRAINT entry_is_in_the_currency_of_its_account;
ALTER TABLE finance_txn DROP COLUMN xact;
"""


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_books")]
    operations = [migrations.RunSQL(GUARDS, BACK)]
