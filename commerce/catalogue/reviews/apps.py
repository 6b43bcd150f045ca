"""Oscar's reviews, by buyers only. Their pages are ours (`commerce/review_views.py`)."""

from oscar.apps.catalogue.reviews import apps


class CatalogueReviewsConfig(apps.CatalogueReviewsConfig):
    name = "commerce.catalogue.reviews"
