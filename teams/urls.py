"""Addresses of this room. `isletme/<business>/` is the panel of a business, whichever room a page is in."""

from django.urls import include, path

from .views import branches, evidence, onboarding, profile, public
from .views.business import BusinessDashboard, BusinessSearch

PROFILE = "isletme/<slug:business>/profil/"
BRANCHES = f"{PROFILE}subeler/"

public_pages = [
    path("isletmeler/", public.BusinessList.as_view(), name="business_list"),
    path("isletmeler/<slug:slug>/", public.BusinessProfile.as_view(), name="business_profile"),
]
registration = [
    path("isletme-kaydi/", onboarding.OpenBusiness.as_view(), name="business_open"),
    path(
        "isletme-kaydi/<slug:business>/<slug:step>/",
        onboarding.OnboardingStep.as_view(),
        name="business_open_step",
    ),
]
facts = [
    path(PROFILE, profile.BusinessFacts.as_view(), name="business_facts"),
    path(f"{PROFILE}tanitim/", profile.EditProfile.as_view(), name="business_edit"),
    path(f"{PROFILE}unvan/", profile.ChangeIdentity.as_view(), name="business_identity"),
    path(f"{PROFILE}banka/", profile.ChangeBank.as_view(), name="business_bank"),
    path(f"{PROFILE}ben/", profile.ShowMe.as_view(), name="business_show_me"),
    path(f"{PROFILE}ruhsat/yeni/<slug:kind>/", profile.EditLicence.as_view(), name="business_licence_new"),
    path(f"{PROFILE}ruhsat/<int:pk>/", profile.EditLicence.as_view(), name="business_licence"),
    path(f"{PROFILE}belge/<int:pk>/", evidence.EvidenceFile.as_view(), name="business_evidence"),
    path(f"{PROFILE}talep/<int:pk>/geri-al/", profile.WithdrawChange.as_view(), name="business_withdraw"),
    path(BRANCHES, branches.Branches.as_view(), name="business_branches"),
    path(f"{BRANCHES}yeni/", branches.EditBranch.as_view(), name="business_branch_new"),
    path(f"{BRANCHES}<int:pk>/", branches.EditBranch.as_view(), name="business_branch"),
    path(f"{BRANCHES}<int:pk>/sil/", branches.RemoveBranch.as_view(), name="business_branch_remove"),
    path(f"{BRANCHES}<int:pk>/saatler/", branches.BranchHours.as_view(), name="business_hours"),
    path(f"{BRANCHES}<int:pk>/saatler/gun/", branches.BranchSpecialDay.as_view(), name="business_day"),
    path(
        f"{BRANCHES}<int:pk>/saatler/gun/<int:day>/sil/",
        branches.RemoveSpecialDay.as_view(),
        name="business_day_remove",
    ),
]

urlpatterns = [
    path("isletme/<slug:business>/", BusinessDashboard.as_view(), name="business_panel"),
    path("isletme/<slug:business>/ara/", BusinessSearch.as_view(), name="business_search"),
    path("", include("teams.team_urls")),
    *public_pages,
    *registration,
    *facts,
]
