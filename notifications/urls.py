from django.urls import path

from . import views

app_name = "notifications"

urlpatterns = [
    path("", views.NoticeList.as_view(), name="list"),
    path("tercihler/", views.Preferences.as_view(), name="preferences"),
    path("okundu/", views.MarkAllRead.as_view(), name="mark_all_read"),
    path("geri-al/", views.Undo.as_view(), name="undo"),
    path("<uuid:public_id>/", views.OpenNotice.as_view(), name="open"),
    path("<uuid:public_id>/okundu/", views.MarkRead.as_view(), name="mark_read"),
]
