"""Addresses of this room."""

app_name = "payments"
urlpatterns: list = []
