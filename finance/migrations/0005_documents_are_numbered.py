"""What the database itself keeps of documents, whoever writes to the tables.

- it gives the number: the next one of the series, in the transaction that issues, so none is missing or twice
- a document is never changed, removed or emptied; only its file and the state of its electronic original move
- credit notes never give back more than their document, to nobody else than its parties
- the day is the local day of the moment
"""

from django.db import migrations

GUARDS = """
ALTER TABLE finance_document ADD CONSTRAINT day_is_the_local_day
    CHECK (issued_on = (issued_at AT TIME ZONE 'Europe/Istanbul')::date);

CREATE FUNCTION finance_document_arrives() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    original finance_document;
    given numeric;
    given_vat numeric;
BEGIN
    IF NEW.of_id IS NOT NULL THEN
        SELECT * INTO original FROM finance_document WHERE id = NEW.of_id FOR NO KEY UPDATE;
        IF original.kind NOT IN ('invoice', 'receipt', 'commission_invoice')
           OR (NEW.issuer_id, NEW.user_id, NEW.business_id, NEW.currency) IS DISTINCT FROM
              (original.issuer_id, original.user_id, original.business_id, original.currency) THEN
            RAISE EXCEPTION 'a credit note has the parties of document %', NEW.of_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_note_has_the_same_parties';
        END IF;
        SELECT coalesce(sum(gross), 0), coalesce(sum(vat), 0) INTO given, given_vat
            FROM finance_document WHERE of_id = NEW.of_id;
        IF given + NEW.gross > original.gross OR given_vat + NEW.vat > original.vat THEN
            RAISE EXCEPTION 'document % has not so much left', NEW.of_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_is_within_its_document';
        END IF;
    END IF;
    NEW.year := extract(year FROM NEW.issued_on);
    INSERT INTO finance_documentcounter AS counter (issuer_id, series, year, last)
        VALUES (NEW.issuer_id, NEW.series, NEW.year, 1)
        ON CONFLICT ON CONSTRAINT series_is_counted_once DO UPDATE SET last = counter.last + 1
        RETURNING last INTO NEW.sequence;
    NEW.number := NEW.series || NEW.year || lpad(NEW.sequence::text, 9, '0');
    RETURN NEW;
END $$;
CREATE TRIGGER document_arrives BEFORE INSERT ON finance_document
    FOR EACH ROW EXECUTE FUNCTION finance_document_arrives();

CREATE FUNCTION finance_document_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['pdf_state', 'file', 'sha256', 'e_state', 'e_channel', 'e_reference', 'e_note', 'e_at',
                         'in_books_of'];
BEGIN
    IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free
       OR (OLD.sha256 <> '' AND (NEW.sha256, NEW.file) IS DISTINCT FROM (OLD.sha256, OLD.file)) THEN
        RAISE EXCEPTION 'document % is never changed', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'document_is_never_changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_is_kept BEFORE UPDATE ON finance_document
    FOR EACH ROW EXECUTE FUNCTION finance_document_is_kept();

CREATE FUNCTION finance_document_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'documents are never removed: % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'document_is_never_removed';
END $$;
CREATE TRIGGER document_stays BEFORE DELETE OR TRUNCATE ON finance_document
    FOR EACH STATEMENT EXECUTE FUNCTION finance_document_stays();
CREATE TRIGGER document_stays BEFORE DELETE OR TRUNCATE ON finance_documentcounter
    FOR EACH STATEMENT EXECUTE FUNCTION finance_document_stays();

-- Only an arriving document counts on.
CREATE FUNCTION finance_counter_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the counter of % follows its documents', NEW.series
            USING ERRCODE = 'check_violation', CONSTRAINT = 'counter_follows_the_documents';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counter_follows BEFORE INSERT OR UPDATE ON finance_documentcounter
    FOR EACH ROW EXECUTE FUNCTION finance_counter_follows();

-- And each count has its document at the end: an insert that was left out would leave a gap.
CREATE FUNCTION finance_numbers_have_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM finance_document WHERE issuer_id IS NOT DISTINCT FROM NEW.issuer_id
        AND series = NEW.series AND year = NEW.year AND sequence = NEW.last
    ) THEN
        RAISE EXCEPTION 'number % of % would be missing', NEW.last, NEW.series
            USING ERRCODE = 'check_violation', CONSTRAINT = 'numbers_have_no_gap';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER numbers_have_no_gap AFTER INSERT OR UPDATE ON finance_documentcounter
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION finance_numbers_have_no_gap();
"""
BACK = """
DROP TRIGGER numbers_have_no_gap ON finance_documentcounter;
DROP TRIGGER counter_follows ON finance_documentcounter;
DROP TRIGGER document_stays ON finance_documentcounter;
DROP TRIGGER document_stays ON finance_document;
DROP TRIGGER document_is_kept ON finance_document;
DROP TRIGGER document_arrives ON finance_document;
DROP FUNCTION finance_numbers_have_no_gap;
DROP FUNCTION finance_counter_follows;
DROP FUNCTION finance_document_stays;
DROP FUNCTION finance_document_is_kept;
DROP FUNCTION finance_document_arrives;
ALTER TABLE finance_document DROP CONSTRAINT day_is_the_local_day;
"""


class Migration(migrations.Migration):
    dependencies = [("finance", "0004_documents")]
    operations = [migrations.RunSQL(GUARDS, BACK)]
