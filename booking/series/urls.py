"""Addresses of courses."""

from django.urls import path

from ..desk_urls import OFFERINGS
from . import views

COURSE = f"{OFFERINGS}<uuid:public_id>/kurs/"

urlpatterns = [
    path("randevu/<uuid:public_id>/kurs/", views.CoursePage.as_view(), name="course"),
    path("panel/randevular/<uuid:public_id>/kalanlar/", views.Rest.as_view(), name="my_course_rest"),
    path(COURSE, views.SaveCourse.as_view(), name="business_course"),
    path(f"{COURSE}kaldir/", views.EndCourse.as_view(), name="business_course_end"),
]
