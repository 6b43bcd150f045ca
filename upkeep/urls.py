"""The status page and what belongs to it. No gate closes these (`upkeep.addresses`)."""

from django.urls import path

from .views import public

app_name = "upkeep"

urlpatterns = [
    path("", public.status, name="status"),
    path("bakim.ics", public.calendar, name="calendar"),
    path("atom.xml", public.atom, name="atom"),
    path("<uuid:public_id>/", public.window, name="window"),
]
