"""What is paid out was there: at the end of the transaction the business owes nothing for it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION payments_payout_was_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM finance_account
        WHERE kind = 'seller_payable' AND business_id = NEW.business_id
          AND currency = NEW.currency AND balance < 0
    ) THEN
        RAISE EXCEPTION 'this payout is more than what was there'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_leaves_no_debt';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payout_leaves_no_debt AFTER INSERT ON payments_payout
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_payout_was_there();
"""
BACK = """
DROP TRIGGER payout_leaves_no_debt ON payments_payout;
DROP FUNCTION payments_payout_was_there();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_payouts_and_what_agrees"),
        ("finance", "0007_tax_figures"),
    ]
    operations = [migrations.RunSQL(GUARD, BACK)]
