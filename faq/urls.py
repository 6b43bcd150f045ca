"""Addresses of the help centre beside its pages."""

from django.urls import path

from .models import ASK_SLUG, SEARCH_SLUG, VOTE_SLUG
from .views import search, suggestions, votes

app_name = "faq"
urlpatterns = [
    path(f"yardim/{SEARCH_SLUG}/", search.search_page, name="search"),
    path(f"yardim/{SEARCH_SLUG}/tik/", search.click, name="click"),
    path(f"yardim/{SEARCH_SLUG}/git/<slug:slug>/", search.to_answer, name="go"),
    path(f"yardim/{VOTE_SLUG}/<int:pk>/", votes.vote, name="vote"),
    path(f"yardim/{ASK_SLUG}/", suggestions.suggest, name="suggest"),
    path(f"yardim/{ASK_SLUG}/<slug:reference>/", suggestions.receipt, name="suggestion"),
]
