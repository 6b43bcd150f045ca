"""What lists of goods are found, narrowed, counted and sorted by: one narrow row for each public product.

The database keeps the rows (migration 0006, docs/decisions/0095): any change of goods, prices or stock notes
the product as due in its own transaction, whoever writes, and `commerce.listings.refresh` makes the row anew
from the view `commerce_listed`, which is the only place that says what a row holds.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Listing(models.Model):
    """The keys have no constraint behind them: a row is gone as soon as its product is looked at again."""

    product = models.OneToOneField(
        "catalogue.Product", models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="listing"
    )
    created = models.DateTimeField()
    offer = models.ForeignKey(  # the cheapest that can be bought; without one, the cheapest
        "partner.StockRecord",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    unit_price = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=2)  # kg, L or nothing
    struck_price = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # `prices.struck_from`
    struck_since = models.DateTimeField(null=True)
    can_be_bought = models.BooleanField()
    picture = models.CharField(max_length=255)
    titles = models.JSONField()  # in other languages than Turkish, by their codes
    rating = models.FloatField(null=True)
    reviews_count = models.PositiveIntegerField()
    shelves = ArrayField(models.BigIntegerField())  # and all shelves above them
    options = ArrayField(models.BigIntegerField())  # of the attributes that are facets
    sellers = ArrayField(models.BigIntegerField())
    words = SearchVectorField()  # folded; A: title, B: shelves, sellers, options, C: description

    class Meta:
        indexes = [
            models.Index(fields=["-created", "-product"], name="listing_by_age"),
            models.Index(fields=["price", "product"], name="listing_by_price"),
            models.Index(fields=["unit_price", "product"], name="listing_by_unit_price"),
            # No list of pending entries: it would have to be read with each search.
            GinIndex(fields=["words"], fastupdate=False, name="listing_by_words"),
            GinIndex(fields=["shelves"], fastupdate=False, name="listing_by_shelf"),
        ]

    def __str__(self) -> str:
        return str(self.product_id)


class DueListing(models.Model):
    """A product that was changed. Rows are only added, so writers never wait for each other here."""

    product_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.product_id)


class Word(models.Model):
    """A word that goods, shelves or sellers were named with, once. Whoever suggests one looks whether it
    still leads somewhere."""

    spelling = models.CharField(max_length=100, unique=True)
    plain = models.CharField(max_length=100)  # folded

    class Meta:
        indexes = [
            GinIndex(fields=["plain"], opclasses=["gin_trgm_ops"], fastupdate=False, name="goods_by_trigrams")
        ]

    def __str__(self) -> str:
        return self.spelling
