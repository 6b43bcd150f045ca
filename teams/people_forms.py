"""Forms about people and roles. Choices start from what the person herself may give."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import AddressField

from . import authority, rights
from .models import Location, Membership, Role

WHERE_ALL = _("Choose none and the person works in all branches.")
WHERE_SOME = _("Choose at least one of your own branches.")


class PlaceInTeam(forms.Form):
    """A role and branches, out of those that `giver` may give."""

    role = forms.ModelChoiceField(
        Role.objects.none(),
        label=_("Role"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role."), "invalid_choice": _("You cannot give this role.")},
    )
    locations = forms.ModelMultipleChoiceField(
        Location.objects.none(),
        label=_("Branch"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose a branch."),
            "invalid_choice": _("You cannot choose this branch."),
        },
    )

    def __init__(self, *args: Any, giver: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = authority.branch_ids(giver)
        places = Location.objects.filter(business=giver.business_id)
        self.given = [role for role in giver.business.roles.all() if authority.may_give(giver, role)]
        role: Any = self.fields["role"]
        role.queryset = giver.business.roles.filter(pk__in=[one.pk for one in self.given])
        branches: Any = self.fields["locations"]
        branches.queryset = places.filter(pk__in=own) if own else places
        branches.required = bool(own)
        branches.help_text = WHERE_SOME if own else WHERE_ALL

    @property
    def has_branches(self) -> bool:
        """One branch is no choice, unless the person is bound to it."""
        branches: Any = self.fields["locations"]
        return branches.required or len(branches.queryset) > 1


class Invite(PlaceInTeam):
    email = AddressField(autocomplete="off")
    field_order = ["email", "role", "locations"]


class OwnRole(forms.Form):
    name = forms.CharField(
        label=_("Name of the role"),
        max_length=60,
        error_messages={"required": _("Give the role a name, as your team would say it.")},
    )
    chosen = forms.MultipleChoiceField(
        label=_("Rights"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one right."),
            "invalid_choice": _("You cannot give a right that you do not hold."),
        },
    )

    def __init__(self, *args: Any, giver: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = giver.role.rights
        chosen: Any = self.fields["chosen"]
        chosen.choices = [(one.code, one.label) for one in rights.every() if one.code in held]

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(self["chosen"].value() or ())


class NewOwner(forms.Form):
    member = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("New owner"),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose who shall own the business.")},
    )

    def __init__(self, *args: Any, giver: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = giver.business.memberships.select_related("user", "role").exclude(role__template=rights.OWNER)
        member: Any = self.fields["member"]
        member.queryset = rows.order_by("user__first_name", "user__last_name")
        member.label_from_instance = lambda one: f"{one.user.get_full_name()} ({one.user.email})"
