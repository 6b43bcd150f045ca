"""Addresses of the blog beside its pages."""

from django.urls import path

from . import views

app_name = "blog"
urlpatterns = [
    path("blog/atom.xml", views.blog_feed, name="feed"),
    path("blog/resmi/atom.xml", views.official_feed, name="official_feed"),
    path("blog/etiket/<slug:slug>/", views.tag_page, name="tag"),
    path("blog/etiket/<slug:slug>/atom.xml", views.tag_feed, name="tag_feed"),
    path("duyurular/", views.announcements, name="announcements"),
]
