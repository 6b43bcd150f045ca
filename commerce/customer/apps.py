"""Oscar's account pages are not ours: their addresses lead to the one place where people have accounts."""

from oscar.apps.customer import apps


class CustomerConfig(apps.CustomerConfig):
    name = "commerce.customer"

    def get_urls(self):
        from django.urls import path
        from django.views.generic import RedirectView

        ours = {
            "login": ("giris/", "account_login"),
            "register": ("kayit/", "account_signup"),
            "password-reset": ("parola/", "account_reset_password"),
            "logout": ("cikis/", "account_logout"),
            "summary": ("", "panel"),
        }
        return [
            path(route, RedirectView.as_view(pattern_name=target, query_string=True), name=name)
            for name, (route, target) in ours.items()
        ]
