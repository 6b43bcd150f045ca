"""One row for each route outside the back office."""

from __future__ import annotations

from .policies import Elsewhere, OfBusiness, Policy, Public, SignedIn, business

PUBLISHED = Elsewhere(why="tests/api/test_leaks.py: only published, unrestricted content")
TOKEN = Elsewhere(why="a signed address is the key; tests of its room")
STORE = Elsewhere(why="tests/commerce: the basket is the session's own")
SITE = Elsewhere(why="tests/home, tests/faq, tests/blog, tests/legal: public pages")
SIGN_IN = Elsewhere(why="tests/accounts: pages before signing in")

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
            "page_preview:preview",
        )
    },
    **dict.fromkeys(("robots", "sitemap", "proofs"), SITE),
    **dict.fromkeys(
        ("blog:feed", "blog:official_feed", "blog:tag", "blog:tag_feed", "blog:announcements"), SITE
    ),
    **dict.fromkeys(("faq:search", "faq:click", "faq:go", "faq:vote", "faq:suggest", "faq:suggestion"), SITE),
    "legal:cookies": SITE,
    "legal:accept": SignedIn(),
    **dict.fromkeys(
        ("basket:summary", "basket:add", "basket:change", "basket:remove", "checkout:index"), STORE
    ),
    **dict.fromkeys(("offer:detail", "catalogue:index", "catalogue:category", "catalogue:detail"), STORE),
    **dict.fromkeys(("catalogue:range", "catalogue:reviews-detail"), STORE),
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
    "account_email": SignedIn(),
    "account_change_password": SignedIn(),
    "panel": SignedIn(),
    "panel_search": SignedIn(),
    "landing": SignedIn(),
    "business_panel": OfBusiness(business),
    "business_search": OfBusiness(business),
}
