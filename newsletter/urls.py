"""Addresses of the newsletter: sign-up and archive, the links of mails, the tab in the settings."""

from django.urls import path, re_path

from .views import mine, public, readers

app_name = "newsletter"

urlpatterns = [
    path("bulten/", public.index, name="index"),
    path("bulten/gonderdik/", public.asked, name="asked"),
    path("bulten/onay/<str:token>/", readers.confirm, name="confirm"),
    path("bulten/tercih/<str:signed>/", readers.preferences, name="preferences"),
    path("bulten/ayril/<str:signed>/", readers.stop, name="stop"),
    path("bulten/ayril/<str:signed>/geri/", readers.undo, name="undo"),
    re_path(r"^bulten/(?P<month>[0-9]{4}-[0-9]{2})/$", public.issue, name="issue"),
    path("panel/ayarlar/bulten/", mine.Mine.as_view(), name="mine"),
]
