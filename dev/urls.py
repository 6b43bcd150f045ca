"""Pages of development only; `dijivet.urls` mounts them when DEBUG is on."""

from django.urls import path

from dev import mailbox_views

urlpatterns = [
    path("posta/", mailbox_views.mailbox, name="mailbox"),
    path("posta/bosalt/", mailbox_views.empty, name="mailbox_empty"),
    path("posta/<slug:name>/", mailbox_views.mail, name="mail"),
    path("posta/<slug:name>/yanitla/", mailbox_views.answer, name="mail_answer"),
    path("posta/<slug:name>/html/", mailbox_views.mail_html, name="mail_html"),
]
