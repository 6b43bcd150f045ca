"""One row for each route outside the back office."""

from __future__ import annotations

from typing import Any

from booking import permissions as booking
from commerce import permissions as store
from finance import permissions as finance
from payments.payout_permissions import PAYOUTS
from pets import permissions as pets
from support import permissions as support
from support.boxes import BOXES
from teams import permissions as teams

from .policies import (
    Elsewhere,
    OfBusiness,
    OfDesk,
    OfKeepers,
    OfPerson,
    Policy,
    Public,
    SignedIn,
    business,
    of_business,
    thing,
)

PUBLISHED = Elsewhere(why="tests/api/test_leaks.py: only published, unrestricted content")
TOKEN = Elsewhere(why="a signed address is the key; tests of its room")
STORE = Elsewhere(why="tests/commerce: the basket is the session's own")
SITE = Elsewhere(why="tests/home, tests/faq, tests/blog, tests/legal: public pages")
FILES = Elsewhere(why="tests/support/test_views.py: a file opens where its ticket opens")
SIGN_IN = Elsewhere(why="tests/accounts: pages before signing in")

PET_PAGES = (
    "file",
    "edit",
    "change_photo",
    "remove_photo",
    "archive",
    "vaccinations",
    "measurements",
    "notes",
    "people",
    "sharing",
    "lost",
    "close_page",
    "found",
    "farewell",
    "take_back",
)


def parcel_of_buyer(side: Any) -> dict[str, Any]:
    parcel = side.things["parcel"]
    return {"number": parcel.order.number, "position": parcel.position}


TABLE: dict[str, Policy] = {
    "health_live": Public(),
    "health_ready": Public(),
    "set_language": SITE,
    "wagtaildocs_serve": PUBLISHED,
    "wagtaildocs_authenticate_with_password": PUBLISHED,
    "wagtailcore_authenticate_with_password": PUBLISHED,
    "wagtailcore_login": SIGN_IN,
    "wagtail_serve": PUBLISHED,
    "editorial:review": TOKEN,
    "editorial:draft": TOKEN,
    **{
        f"content_api:{name}": PUBLISHED
        for name in (
            *(
                f"{kind}:{part}"
                for kind in ("pages", "images", "documents")
                for part in ("listing", "detail", "find")
            ),
            "faq:answer",
            "menus:answer",
            "settings:answer",
            "redirects:answer",
            "status:answer",
            "page_preview:preview",
            *(
                f"store:{part}"
                for part in ("products", "product", "categories", "availability", "suggestions")
            ),
        )
    },
    **dict.fromkeys(("robots", "sitemap", "sitemap_store", "sitemap_goods", "proofs"), SITE),
    **dict.fromkeys(("upkeep:status", "upkeep:calendar", "upkeep:atom"), Public()),
    "upkeep:window": Elsewhere(why="tests/upkeep/test_status.py: a draft is 404 for everybody"),
    **dict.fromkeys(
        ("blog:feed", "blog:official_feed", "blog:tag", "blog:tag_feed", "blog:announcements"), SITE
    ),
    **dict.fromkeys(("faq:search", "faq:click", "faq:go", "faq:vote", "faq:suggest", "faq:suggestion"), SITE),
    "legal:cookies": SITE,
    "legal:accept": SignedIn(),
    **dict.fromkeys(
        (
            *(f"basket:{name}" for name in ("summary", "add", "change", "remove")),
            *(f"basket:vouchers-{name}" for name in ("add", "remove")),
            *(f"checkout:{name}" for name in ("index", "pay", "ride", "texts", "withdrawal_form")),
        ),
        STORE,
    ),
    **dict.fromkeys(("offer:detail", "catalogue:index", "catalogue:category", "catalogue:detail"), STORE),
    **dict.fromkeys(("catalogue:range", "catalogue:reviews-detail", "store_seller"), STORE),
    **{f"customer:{name}": SIGN_IN for name in ("login", "register", "password-reset", "logout", "summary")},
    **{
        f"account_{name}": SIGN_IN
        for name in (
            "login",
            "logout",
            "signup",
            "inactive",
            "email_verification_sent",
            "reset_password",
            "confirm_password_reset_code",
            "complete_password_reset",
            "set_password",
        )
    },
    "account_email": Elsewhere(why="leads to the settings, which ask who you are"),
    "account_change_password": SignedIn(),
    "panel": SignedIn(),
    "panel_search": SignedIn(),
    "landing": SignedIn(),
    "business_panel": OfBusiness(business),
    "business_search": OfBusiness(business),
    **dict.fromkeys(("mfa_authenticate", "mfa_login_webauthn"), SIGN_IN),
    **dict.fromkeys(
        (
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "account_settings",
            "settings_email",
            "settings_phone",
            "settings_addresses",
            "settings_address_add",
            "settings_preferences",
            "account_security",
            "mfa_index",
            "account_devices",
            "mfa_activate_totp",
            "mfa_generate_recovery_codes",
            "mfa_add_webauthn",
            "account_data",
            "account_close",
            "account_return",
            "my_orders",
            "my_bookings",
            "my_calendar",
            "my_waits",
            "my_transfers",
            "panel_modules",
            "business_open",
            "notifications:list",
            "notifications:preferences",
            "notifications:mark_all_read",
            "pets:list",
            "pets:add",
            "api_panel_modules",
            "api_panel_orders",
        ),
        SignedIn(),
    ),
    "notifications:undo": Elsewhere(why="tests/notifications: what was just marked is read from the form"),
    "account_consents": Elsewhere(why="tests/accounts: a purpose that is not asked is 404"),
    "mfa_list_webauthn": Elsewhere(why="leads to the page of security, which asks who you are"),
    "mfa_view_recovery_codes": Elsewhere(why="404 for whoever has no codes; tests/accounts"),
    "mfa_deactivate_totp": Elsewhere(why="404 for whoever has no app; tests/accounts"),
    "mfa_remove_webauthn": Elsewhere(why="allauth asks among the person's own keys; tests/accounts"),
    "account_data_file": Elsewhere(why="tests/accounts/test_data.py: a copy is its owner's"),
    **dict.fromkeys(
        ("my_parcel_cancel", "my_parcel_return"),
        Elsewhere(why="tests/commerce/test_after_views.py: a stranger's parcel is 404"),
    ),
    **dict.fromkeys(
        ("booking_search", "bookable_at"),
        Elsewhere(why="tests/booking/test_search.py: only what the public may book"),
    ),
    "waitlist_join": Elsewhere(why="tests/booking/waitlist/test_pages.py: what is not open is 404"),
    **dict.fromkeys(
        ("my_wait", "my_wait_withdraw", "my_wait_pass", "my_wait_again"),
        Elsewhere(why="tests/booking/waitlist/test_pages.py: a stranger's wish is 404"),
    ),
    "booking_calendar": Elsewhere(why="tests/booking/test_calendars.py: whoever has the private address"),
    "booking_answer": Elsewhere(why="tests/booking/test_answering.py: whoever has the signed link"),
    "offering": Elsewhere(why="tests/booking/test_offering_page.py: what is not open is 404"),
    **dict.fromkeys(
        ("my_booking", "my_booking_file", "my_booking_pay", "my_booking_cancel", "my_booking_move"),
        Elsewhere(why="tests/booking/test_owner_pages.py: a stranger's booking is 404"),
    ),
    **dict.fromkeys(
        ("course", "my_course_rest"),
        Elsewhere(why="tests/booking/series/test_pages.py: what is closed, and a stranger's course: 404"),
    ),
    **dict.fromkeys(
        ("my_booking_arrival", "my_stay_leaving", "my_stay_wish_back", "my_stay_photo"),
        Elsewhere(why="tests/booking/stays/test_pages.py, test_reports.py: a stranger's stay is 404"),
    ),
    "offering_quote": Elsewhere(why="tests/booking/transfers/test_pages.py: what is not open is 404"),
    **dict.fromkeys(
        (
            "my_transfer_request",
            "my_transfer_withdraw",
            "my_transfer_accept",
            "my_transfer",
            "my_transfer_live",
            "my_transfer_code",
            "my_transfer_share",
            "my_transfer_tell",
            "my_transfer_confirm",
            "my_transfer_dispute",
            "my_transfer_photo",
        ),
        Elsewhere(why="tests/booking/transfers/test_pages.py: a stranger's journey is 404"),
    ),
    **dict.fromkeys(
        (
            "transfer_shared",
            "transfer_shared_live",
            "transfer_shared_photo",
            "transfer_driver",
            "transfer_driver_step",
        ),
        TOKEN,
    ),
    **dict.fromkeys(
        (
            "business_quotes",
            "business_quote",
            "business_quote_decline",
            "business_transfers",
            "business_transfer",
            "business_transfer_live",
            "business_transfer_photo",
            "business_transfer_link",
        ),
        Elsewhere(why="tests/booking/transfers/test_desk.py: the stage has clinics; only carriers carry"),
    ),
    **dict.fromkeys(
        ("business_transfer_drive", "business_transfer_step"),
        Elsewhere(why="tests/booking/transfers/test_driver.py: only for the one who drives"),
    ),
    "about_returns": Public(),
    **dict.fromkeys(
        (
            "guest_return",
            "guest_return_photo",
            "guest_parcel_return",
            "guest_parcel_cancel",
            "alert_confirm",
            "alert_stop",
        ),
        TOKEN,
    ),
    **dict.fromkeys(("product_reviews", "alert_ask"), STORE),
    **dict.fromkeys(("my_returns", "my_reviews", "my_wishes"), SignedIn()),
    "review_report": SignedIn(thing(pk="review")),
    "my_review": SignedIn(thing(pk="good")),
    "wish_add": SignedIn(thing(pk="good")),
    "my_review_remove": OfPerson(thing(pk="review")),
    "wish_remove": OfPerson(thing(pk="wish")),
    "alert_drop": OfPerson(thing(pk="alert")),
    "my_return": OfPerson(thing(public_id="returned")),
    "my_return_photo": OfPerson(thing(public_id="returned", pk="return_photo")),
    "seller_returns": OfBusiness(business, store.RETURNS),
    **{
        f"seller_return{name}": OfBusiness(of_business(public_id="returned"), store.RETURNS)
        for name in ("", "_arrive", "_accept", "_refuse")
    },
    "seller_return_photo": OfBusiness(of_business(public_id="returned", pk="return_photo"), store.RETURNS),
    "seller_reviews": OfBusiness(business, store.REVIEWS),
    "seller_review": OfBusiness(of_business(pk="review"), store.REVIEWS),
    **dict.fromkeys(
        (
            "my_order",
            "my_contract",
            *(f"my_order_{name}" for name in ("pay", "cancel", "again", "document")),
            "guest_order",
            "guest_contract",
            *(f"guest_order_{name}" for name in ("pay", "cancel", "again", "document")),
            "guest_parcel_arrived",
            "guest_parcel_late",
            "guest_talk",
            "guest_talk_photo",
        ),
        Elsewhere(why="tests/commerce/test_order_pages.py: a stranger's order is 404"),
    ),
    **dict.fromkeys(
        ("my_consultation", "my_consultation_nobody", "my_consultation_summary"),
        Elsewhere(why="tests/booking/consultations/test_pages.py: a stranger's consultation is 404"),
    ),
    **dict.fromkeys(
        ("consultation_exchange", "consultation_leave"),
        Elsewhere(why="tests/booking/consultations/test_exchange.py: its token is the only key"),
    ),
    "business_consultation": OfBusiness(of_business(public_id="talk"), booking.CALENDAR),
    "business_consultation_address": OfBusiness(of_business(public_id="talk"), booking.CALENDAR),
    "business_consultation_summary": OfBusiness(of_business(public_id="talk"), pets.WRITE),
    "business_calendar": OfBusiness(business, booking.CALENDAR),
    "business_walk_in": OfBusiness(business, booking.CALENDAR),
    "business_block": OfBusiness(business, booking.CALENDAR),
    "business_absence": OfBusiness(of_business(pk="absence"), booking.CALENDAR),
    "business_absence_remove": OfBusiness(of_business(pk="absence"), booking.CALENDAR),
    "business_waitlist": OfBusiness(business, booking.CALENDAR),
    "business_requests": OfBusiness(business, booking.CALENDAR),
    "business_booking": OfBusiness(of_business(public_id="visit"), booking.CALENDAR),
    "business_booking_move": OfBusiness(of_business(public_id="visit"), booking.CALENDAR),
    "business_booking_undo": OfBusiness(of_business(public_id="visit"), booking.CALENDAR),
    "business_booking_decline": OfBusiness(of_business(public_id="visit"), booking.CALENDAR),
    "business_booking_cancel": OfBusiness(of_business(public_id="visit"), booking.CALENDAR),
    "business_booking_step": OfBusiness(of_business(public_id="visit", step="geldi"), booking.CALENDAR),
    "business_offerings": OfBusiness(business, booking.OFFERINGS),
    "business_booking_setup": OfBusiness(business, booking.OFFERINGS),
    "business_offering_new": OfBusiness(business, booking.OFFERINGS),
    "business_offering": OfBusiness(of_business(public_id="offering"), booking.OFFERINGS),
    "business_offering_switch": OfBusiness(of_business(public_id="offering"), booking.OFFERINGS),
    "business_course": OfBusiness(of_business(public_id="offering"), booking.OFFERINGS),
    "business_course_end": OfBusiness(of_business(public_id="offering"), booking.OFFERINGS),
    "business_resources": OfBusiness(business, booking.OFFERINGS),
    "business_resource_new": OfBusiness(business, booking.OFFERINGS),
    "business_resource": OfBusiness(of_business(public_id="resource"), booking.OFFERINGS),
    "business_resource_shifts": OfBusiness(of_business(public_id="resource"), booking.OFFERINGS),
    "business_resource_retire": OfBusiness(of_business(public_id="resource"), booking.OFFERINGS),
    "business_feed_add": OfBusiness(of_business(public_id="resource"), booking.OFFERINGS),
    "business_feed_remove": OfBusiness(of_business(public_id="resource", pk="feed"), booking.OFFERINGS),
    **{
        name: OfBusiness(of_business(public_id="stay"), booking.CALENDAR)
        for name in (
            "business_booking_arrival",
            "business_booking_seen",
            "business_stay_report",
            "business_stay_leaving",
            "business_stay_wish_accept",
            "business_stay_wish_decline",
        )
    },
    "business_booking_waive": Elsewhere(
        why="tests/booking/stays/test_pages.py: the query says what is waived; strangers 404, others 403"
    ),
    "business_stay_photo": OfBusiness(
        of_business(public_id="stay", pk="stay_photo", size="small"), booking.CALENDAR
    ),
    "business_stay_back": OfBusiness(of_business(public_id="stay", pk="leaving"), booking.CALENDAR),
    **dict.fromkeys(
        (
            "business_reports",
            "business_requirements",
            "business_requirement_new",
            "business_requirement_retire",
        ),
        Elsewhere(why="tests/booking/stays/test_pages.py: 404 for a clinic, rights of a hotel"),
    ),
    "business_booking_figures": OfBusiness(business, booking.FIGURES),
    "deliveries:list": OfBusiness(business, store.DELIVERY),
    "deliveries:add": OfBusiness(business, store.DELIVERY),
    "deliveries:edit": OfBusiness(of_business(pk="delivery"), store.DELIVERY),
    "deliveries:remove": OfBusiness(of_business(pk="delivery"), store.DELIVERY),
    "settings_code": OfPerson(thing(public_id="contact")),
    "settings_address": OfPerson(thing(public_id="address")),
    "settings_address_delete": OfPerson(thing(public_id="address")),
    "notifications:open": OfPerson(thing(public_id="notice")),
    "notifications:mark_read": OfPerson(thing(public_id="notice")),
    **dict.fromkeys(("newsletter:index", "newsletter:asked", "newsletter:issue"), SITE),
    **dict.fromkeys(
        ("newsletter:confirm", "newsletter:preferences", "newsletter:stop", "newsletter:undo"), TOKEN
    ),
    "newsletter:mine": SignedIn(),
    "invitation": TOKEN,
    "business_list": SITE,
    "business_profile": SITE,
    "business_team": OfBusiness(business, teams.MEMBERS),
    "team_member": OfBusiness(of_business(pk="member"), teams.MEMBERS),
    "team_member_remove": OfBusiness(of_business(pk="member"), teams.MEMBERS),
    "team_leave": OfBusiness(business),
    "team_records": OfBusiness(business, teams.RECORDS),
    "team_invitations": OfBusiness(business, teams.MEMBERS),
    "team_invite": OfBusiness(business, teams.MEMBERS),
    "team_invite_again": OfBusiness(of_business(pk="invited"), teams.MEMBERS),
    "team_invite_revoke": OfBusiness(of_business(pk="invited"), teams.MEMBERS),
    "team_roles": OfBusiness(business, teams.MEMBERS),
    "team_role_new": OfBusiness(business, teams.ROLES),
    "team_role": OfBusiness(of_business(pk="role"), teams.ROLES),
    "team_role_remove": OfBusiness(of_business(pk="role"), teams.ROLES),
    "team_ownership": OfBusiness(business),
    "business_modules": OfBusiness(business, teams.MODULES),
    "business_open_step": OfBusiness(of_business(step="kimlik")),
    "business_facts": OfBusiness(business, teams.PROFILE, teams.LICENCES, teams.BANK),
    "business_edit": OfBusiness(business, teams.PROFILE),
    "business_identity": OfBusiness(business, teams.PROFILE),
    "business_bank": OfBusiness(business, teams.BANK),
    "business_show_me": OfBusiness(business),
    "business_licence_new": OfBusiness(of_business(kind="practice"), teams.LICENCES),
    "business_licence": OfBusiness(of_business(pk="licence"), teams.LICENCES),
    "business_evidence": OfBusiness(of_business(pk="evidence"), teams.LICENCES),
    "business_withdraw": OfBusiness(of_business(pk="change"), teams.PROFILE),
    "business_branches": OfBusiness(business, teams.PROFILE),
    "business_branch_new": OfBusiness(business, teams.PROFILE),
    "business_branch": OfBusiness(of_business(pk="branch"), teams.PROFILE),
    "business_branch_remove": OfBusiness(of_business(pk="branch"), teams.PROFILE),
    "business_hours": OfBusiness(of_business(pk="branch"), teams.PROFILE),
    "business_day": OfBusiness(of_business(pk="branch"), teams.PROFILE),
    "business_day_remove": OfBusiness(of_business(pk="branch", day="day"), teams.PROFILE),
    **{
        f"business_{name}": OfBusiness(business, store.PRODUCTS)
        for name in ("products", "product_new", "imports", "stock")
    },
    "business_import_template": OfBusiness(of_business(form="csv"), store.PRODUCTS),
    "business_products_export": OfBusiness(of_business(form="csv"), store.PRODUCTS),
    **{
        f"business_product{name}": OfBusiness(of_business(pk="product"), store.PRODUCTS)
        for name in ("", "_offers", "_pack", "_pictures", "_publish", "_withdraw", "_archive", "_restore")
    },
    **{
        f"business_product_picture_{name}": OfBusiness(
            of_business(pk="product", picture="picture"), store.PRODUCTS
        )
        for name in ("remove", "first")
    },
    "business_product_sell": Elsewhere(
        why="tests/commerce/test_goods.py: any public product may be sold too"
    ),
    "business_stock_change": OfBusiness(of_business(pk="price_tag"), store.PRODUCTS),
    **{
        f"business_import{name}": OfBusiness(of_business(public_id="goods_import"), store.PRODUCTS)
        for name in ("", "_progress", "_errors", "_confirm", "_drop", "_undo")
    },
    "finance:prices": Public(),
    "finance:business_prices": OfBusiness(business, finance.EARNINGS),
    **{
        f"payouts:{name}": OfBusiness(business, finance.EARNINGS)
        for name in ("earnings", "sales", "sales_file", "payouts")
    },
    "payouts:sale": OfBusiness(of_business(pk="sale"), finance.EARNINGS),
    "payouts:payout": OfBusiness(of_business(public_id="payout"), finance.EARNINGS),
    "payouts:cancel": OfBusiness(of_business(public_id="payout"), PAYOUTS),
    "payouts:ask": OfBusiness(business, PAYOUTS),
    "payouts:plan": OfBusiness(business, PAYOUTS),
    **{f"parcels:{name}": OfBusiness(business, store.ORDERS) for name in ("list", "slips", "terms", "talks")},
    **{
        f"parcels:{name}": OfBusiness(of_business(public_id="parcel"), store.ORDERS)
        for name in ("parcel", "cancel", "slip", "talk")
    },
    "parcels:photo": OfBusiness(of_business(public_id="parcel", pk="talk_photo"), store.ORDERS),
    **{f"parcels:{name}": OfBusiness(business, store.FIGURES) for name in ("figures", "file")},
    **dict.fromkeys(("my_parcel_arrived", "my_parcel_late", "my_talk"), OfPerson(parcel_of_buyer)),
    "my_talk_photo": OfPerson(lambda side: parcel_of_buyer(side) | thing(pk="talk_photo")(side)),
    **{f"my_documents{name}": SignedIn() for name in ("", "_bundle", "_bundles", "_mails")},
    "my_documents_file": OfPerson(thing(public_id="document")),
    "my_documents_bundle_file": OfPerson(thing(public_id="bundle")),
    **{
        f"business_documents{name}": OfBusiness(business, finance.DOCUMENTS)
        for name in ("", "_bundle", "_bundles", "_mails")
    },
    "business_documents_file": OfBusiness(of_business(public_id="sold"), finance.DOCUMENTS),
    "business_documents_bundle_file": Elsewhere(
        why="tests/finance/documents/test_views.py: only who asked for the file fetches it"
    ),
    "pets:invitation": TOKEN,
    "pets:lost_page": TOKEN,
    "pets:lost_photo": TOKEN,
    **{f"pets:{name}": OfKeepers(thing(pet="pet")) for name in PET_PAGES},
    "pets:restore": Elsewhere(why="tests/pets: only a file put away comes back"),
    "pets:photo": Elsewhere(why="tests/pets: a photo opens where its file opens"),
    "pets:patient_photo": Elsewhere(why="tests/pets: a photo opens where its file opens"),
    "pets:state_duty": OfKeepers(thing(pet="pet", kind="rabies")),
    "pets:remove_entry": OfKeepers(thing(pet="pet", tab="notes", pk="note")),
    "pets:restore_entry": OfKeepers(thing(pet="pet", tab="notes", pk="note")),
    "pets:remove_keeper": OfKeepers(thing(pet="pet", pk="keeper")),
    "pets:hand_over": OfKeepers(thing(pet="pet", pk="keeper")),
    "pets:withdraw": OfKeepers(thing(pet="pet", pk="asked")),
    "pets:revoke": OfKeepers(thing(pet="pet", pk="grant")),
    "pets:patients": OfBusiness(business, pets.PATIENTS),
    "pets:patient": OfBusiness(of_business(pet="pet"), pets.PATIENTS),
    "pets:patient_vaccination": OfBusiness(of_business(pet="pet"), pets.WRITE),
    "pets:patient_note": OfBusiness(of_business(pet="pet"), pets.WRITE),
    "payments_callback": Elsewhere(why="tests/payments/test_callbacks.py: a signature is the key"),
    "payments_return": Elsewhere(why="tests/payments/test_callbacks.py: leads back, proves nothing"),
    **{
        f"payments:{name}": OfPerson(thing(public_id="payment"))
        for name in ("checkout", "page", "state", "ask", "payment")
    },
    **{f"payments:{name}": SignedIn() for name in ("list", "wallet", "top_up")},
    **{f"support:{name}": SITE for name in ("new", "suggest", "solved_it", "receipt")},
    **{f"support:{name}": TOKEN for name in ("guest", "guest_file", "rate")},
    "support:list": SignedIn(),
    "support:pause": SignedIn(),
    "support:ticket": OfPerson(thing(reference="own_ticket")),
    **dict.fromkeys(("support:file", "support:business_file", "support:desk_file"), FILES),
    "support:business_list": OfBusiness(business, support.TICKETS),
    "support:business_new": OfBusiness(business, support.TICKETS),
    "support:business_ticket": OfBusiness(of_business(reference="ticket"), support.TICKETS),
    "support:desk": OfDesk(),
    **{f"support:desk_{box.code}": OfDesk() for box in BOXES},
    "support:desk_letters": OfDesk(),
    "support:desk_letter": Elsewhere(why="tests/support/test_mail.py: a letter is dealt with once"),
    **{
        f"support:desk_{name}": OfDesk(thing(reference="ticket"))
        for name in ("ticket", "assign", "take", "sort", "merge", "beat")
    },
    "support:desk_act": Elsewhere(why="tests/support/test_views.py: 404 where the act is not offered"),
}
