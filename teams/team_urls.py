"""Addresses of "Ekip Yönetimi", of invitations and of modules."""

from django.urls import path

from .views import invitations, members, modules, roles

TEAM = "isletme/<slug:business>/ekip/"

urlpatterns = [
    path(TEAM, members.Members.as_view(), name="business_team"),
    path(f"{TEAM}uye/<int:pk>/", members.Member.as_view(), name="team_member"),
    path(f"{TEAM}uye/<int:pk>/cikar/", members.RemoveMember.as_view(), name="team_member_remove"),
    path(f"{TEAM}ayril/", members.Leave.as_view(), name="team_leave"),
    path(f"{TEAM}kayitlar/", members.Records.as_view(), name="team_records"),
    path(f"{TEAM}davetler/", invitations.Invitations.as_view(), name="team_invitations"),
    path(f"{TEAM}davetler/<int:pk>/yeniden/", invitations.SendAgain.as_view(), name="team_invite_again"),
    path(f"{TEAM}davetler/<int:pk>/geri-cek/", invitations.Revoke.as_view(), name="team_invite_revoke"),
    path(f"{TEAM}davet/", invitations.Invite.as_view(), name="team_invite"),
    path(f"{TEAM}roller/", roles.Roles.as_view(), name="team_roles"),
    path(f"{TEAM}roller/yeni/", roles.MakeRole.as_view(), name="team_role_new"),
    path(f"{TEAM}roller/<int:pk>/", roles.EditRole.as_view(), name="team_role"),
    path(f"{TEAM}roller/<int:pk>/sil/", roles.RemoveRole.as_view(), name="team_role_remove"),
    path(f"{TEAM}sahiplik/", roles.Ownership.as_view(), name="team_ownership"),
    path("isletme/<slug:business>/moduller/", modules.OfBusiness.as_view(), name="business_modules"),
    path("panel/moduller/", modules.OfPerson.as_view(), name="panel_modules"),
    path("davet/<str:token>/", invitations.Answer.as_view(), name="invitation"),
]
