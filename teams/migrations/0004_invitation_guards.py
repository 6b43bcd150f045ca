"""An invitation offers a role of its own business; an offer of ownership stays within one."""

from django.db import migrations

GUARDS = """
ALTER TABLE teams_invitation ADD CONSTRAINT invited_role_is_of_the_same_business
    FOREIGN KEY (role_id, business_id) REFERENCES teams_role (id, business_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE teams_membership ADD CONSTRAINT member_stays_in_her_business UNIQUE (id, business_id);
ALTER TABLE teams_ownershipoffer
    ADD CONSTRAINT owner_gives_away_her_own_business
        FOREIGN KEY (giver_id, business_id) REFERENCES teams_membership (id, business_id)
        DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT ownership_goes_to_a_member
        FOREIGN KEY (taker_id, business_id) REFERENCES teams_membership (id, business_id)
        DEFERRABLE INITIALLY DEFERRED;
"""
BACK = """
ALTER TABLE teams_ownershipoffer DROP CONSTRAINT ownership_goes_to_a_member;
ALTER TABLE teams_ownershipoffer DROP CONSTRAINT owner_gives_away_her_own_business;
ALTER TABLE teams_membership DROP CONSTRAINT member_stays_in_her_business;
ALTER TABLE teams_invitation DROP CONSTRAINT invited_role_is_of_the_same_business;
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0003_invitations")]
    operations = [migrations.RunSQL(GUARDS, BACK)]
