"""Editors begin in the back office; others do not even read its name."""

import pytest


@pytest.mark.django_db
def test_only_people_of_the_back_office_are_led_there(client, ayse, admin):
    for user, landing, mentioned in ((ayse, "/panel/", False), (admin, "/yonetim/", True)):
        client.force_login(user)
        assert client.get("/panel/basla/").url == landing
        assert ("/yonetim/" in client.get("/panel/").content.decode()) is mentioned
