"""Both of our two site records (Wagtail's and Django's, which Oscar's mails use) name the address we run at."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sites.models import Site as DjangoSite
from wagtail.models import Site

PLACEHOLDERS = {"localhost", "127.0.0.1"}


def load() -> None:
    """Follow BASE_URL as long as nobody has entered a real host name."""
    url = urlsplit(settings.BASE_URL)
    port = url.port or (443 if url.scheme == "https" else 80)
    site = Site.objects.get(is_default_site=True)
    if site.hostname in PLACEHOLDERS and (site.hostname, site.port) != (url.hostname, port):
        site.hostname, site.port = url.hostname, port
        site.save()  # not by update(): Wagtail keeps the addresses in its cache until a save
    DjangoSite.objects.filter(pk=settings.SITE_ID, domain__startswith="example.com").update(
        domain=url.netloc, name="Diji.vet"
    )
