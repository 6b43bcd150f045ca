"""The public page of a seller: who it is by law, how it delivers, where its goods are."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.views.generic import TemplateView
from oscar.core.loading import get_model

from core import phones
from teams.models import Business
from teams.states import Status

from . import delivery, listings, papers
from .models import Listing

Partner = get_model("partner", "Partner")
KNOWN = (Status.VERIFIED, Status.SUSPENDED)  # who bought from it may look up who that was


class SellerPage(TemplateView):
    """Not kept: it is asked for rarely, and what stands here has to be true."""

    template_name = "oscar/seller.html"

    def get_context_data(self, code: str, **kwargs: Any) -> dict[str, Any]:
        sellers = Partner.objects.select_related("business")
        seller = sellers.filter(code=code, business__status__in=KNOWN).first()
        if seller is None:
            raise Http404("no such seller")
        business = seller.business
        main = business.locations.filter(is_main=True).first()
        listings.refresh()
        return super().get_context_data(
            seller=seller,
            business=business,
            main=main,
            facts=papers.identity(business, main),
            phone=phones.shown(business.phone),
            ways=delivery.ways_of([business.pk])[business.pk],
            goods=Listing.objects.filter(sellers__contains=[seller.pk]).count(),
            is_listed=Business.objects.listed().filter(pk=business.pk).exists(),
            address=self.request.build_absolute_uri(self.request.path),
            **kwargs,
        )
