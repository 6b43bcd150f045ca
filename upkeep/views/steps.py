"""The steps of a window: planned, announced, changed, begun, ended.

A step is rehearsed first: the page shows the mail, how many get it, or why it would be refused. Only the
second press does it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.errors import Refused
from core.states import MoveRefused

from .. import forms, queries, services
from ..models import MaintenanceWindow
from ..rehearsal import Rehearsal, perform, rehearse
from ..states import Status
from .office import Form, may_run


class NewWindow(Form):
    form_class = forms.WindowForm
    title = gettext_lazy("Plan maintenance")
    button = gettext_lazy("Keep as a draft")
    note = gettext_lazy("Nobody hears of a draft. The next page shows the mail before it leaves.")

    def done(self, form: Any) -> HttpResponse:
        window = services.draft(facts=form.facts, by=self.request.user, now=timezone.now())
        return redirect("upkeep_window", window.pk)


class OfWindow(Form):
    """A form about one window, offered only in some of its states."""

    offered: tuple[str, ...] = ()
    is_serious = False

    @classmethod
    def is_offered(cls, window: MaintenanceWindow) -> bool:
        return window.status in cls.offered

    @classmethod
    def link(cls, name: str) -> dict[str, Any]:
        return {"name": name, "title": cls.title, "is_serious": cls.is_serious}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Before the right is asked nothing is read."""
        if may_run(request):
            self.window = self.found()
            if not self.is_offered(self.window):
                messages.warning(request, str(MoveRefused.message))
                return redirect("upkeep_window", self.window.pk)
        return super().dispatch(request, *args, **kwargs)


class EditDraft(OfWindow):
    form_class = forms.WindowForm
    title = gettext_lazy("Edit the draft")
    offered = (Status.DRAFT,)

    def initial(self) -> dict[str, Any]:
        return forms.initial(self.window)

    def done(self, form: Any) -> HttpResponse:
        now, version = timezone.now(), form.cleaned_data["version"] or 0
        services.edit(window=self.window, version=version, facts=form.facts, by=self.request.user, now=now)
        messages.success(self.request, _("Saved."))
        return redirect("upkeep_window", self.window.pk)


class Step(OfWindow):
    """Something that happens to a window. Rehearsed at the first press, done at the second."""

    verb: Callable[..., Any]
    done_words: Any = gettext_lazy("Done.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without fields there is nothing to fill in: the rehearsal comes at once."""
        if self.form_class.base_fields:  # type: ignore[attr-defined]
            return super().get(request, *args, **kwargs)
        form = self.form_class({})
        form.is_valid()
        try:
            return self._rehearsed(form)
        except Refused as error:
            messages.error(request, str(error.message))
            return redirect("upkeep_window", self.window.pk)

    def done(self, form: Any) -> HttpResponse:
        if "confirmed" not in self.request.POST:
            return self._rehearsed(form)
        perform(type(self).verb, **self._facts(form, self._seen()))
        messages.success(self.request, str(self.done_words))
        return redirect("upkeep_window", self.window.pk)

    def values(self, form: Any) -> dict[str, Any]:
        """What the verb needs besides the window."""
        return dict(form.cleaned_data)

    def _rehearsed(self, form: Any) -> HttpResponse:
        opened = form.cleaned_data.get("version") or self.window.version
        found = rehearse(type(self).verb, **self._facts(form, opened))
        return self._confirm(form, found)

    def _confirm(self, form: Any, found: Rehearsal) -> HttpResponse:
        people = found.round.people if found.round else 0
        return self.answer(
            form,
            rehearsal=found,
            mails=found.mails(self.request.user, timezone.now()),
            people=people,
            minutes=int(queries.telling_time(people).total_seconds() // 60),
            typed=[(name, value) for name, values in self.request.POST.lists() for value in values],
            is_serious=self.is_serious,
        )

    def _facts(self, form: Any, version: int) -> dict[str, Any]:
        facts = {"window": self.window, "version": version, "by": self.request.user, "now": timezone.now()}
        return facts | self.values(form)

    def _seen(self) -> int:
        """The version whose rehearsal this person read."""
        typed = self.request.POST.get("seen", "")
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class Announce(Step):
    verb = services.announce
    title, button = gettext_lazy("Announce"), gettext_lazy("Announce to everybody")
    done_words = gettext_lazy("Announced. The mails leave now; this page shows how far they are.")
    offered = (Status.DRAFT,)


class Change(Step):
    verb = services.change
    form_class = forms.WindowForm
    title, button = gettext_lazy("Change"), gettext_lazy("Tell everybody of the change")
    note = gettext_lazy(
        "Later, shorter, milder or fewer parts: at any time. Everything else needs 48 hours anew, or is "
        "unplanned."
    )
    done_words = gettext_lazy("Changed, and everybody is told.")
    offered = (Status.ANNOUNCED,)

    def initial(self) -> dict[str, Any]:
        return forms.initial(self.window)

    def values(self, form: Any) -> dict[str, Any]:
        return {"to": form.facts}


class CallOff(Step):
    verb = services.call_off
    form_class = forms.Reason
    title, button = gettext_lazy("Call off"), gettext_lazy("Call off and tell everybody")
    done_words = gettext_lazy("Called off, and everybody is told.")
    offered = (Status.ANNOUNCED, Status.IN_PROGRESS)
    is_serious = True


class Begin(Step):
    verb = services.begin
    title = button = gettext_lazy("Begin now")
    note = gettext_lazy("It also begins by itself, within half a minute after its time.")
    offered = (Status.ANNOUNCED,)

    @classmethod
    def is_offered(cls, window: MaintenanceWindow) -> bool:
        return super().is_offered(window) and window.starts_at <= timezone.now()


class End(Step):
    verb = services.end
    title, button = gettext_lazy("End"), gettext_lazy("Everything works again")
    note = gettext_lazy("What was closed opens at once.")
    done_words = gettext_lazy("Over, and everybody is told.")
    offered = (Status.IN_PROGRESS,)


class Prolong(Step):
    verb = services.prolong
    form_class = forms.NewEnd
    title, button = gettext_lazy("It takes longer"), gettext_lazy("Tell everybody that it takes longer")
    note = gettext_lazy(
        "What goes beyond the announced end of planned maintenance is told as unplanned: nobody knew of it "
        "48 hours ahead."
    )
    offered = (Status.IN_PROGRESS,)


class Discard(Step):
    title = button = gettext_lazy("Throw the draft away")
    offered = (Status.DRAFT,)
    is_serious = True

    def _rehearsed(self, form: Any) -> HttpResponse:
        return self._confirm(form, Rehearsal(self.window, None))

    def done(self, form: Any) -> HttpResponse:
        if "confirmed" not in self.request.POST:
            return self._rehearsed(form)
        services.discard(window=self.window, version=self._seen(), by=self.request.user)
        messages.success(self.request, _("The draft is gone."))
        return redirect("upkeep_windows")


class Say(OfWindow):
    """How it goes, on the status page. Nobody gets a mail of it."""

    form_class = forms.Progress
    title, button = gettext_lazy("Say how it goes"), gettext_lazy("Put on the status page")
    offered = (Status.IN_PROGRESS, Status.ANNOUNCED)

    def done(self, form: Any) -> HttpResponse:
        services.update(window=self.window, by=self.request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(self.request, _("It stands on the status page."))
        return redirect("upkeep_window", self.window.pk)


STEPS: dict[str, type[OfWindow]] = {
    "announce": Announce,
    "begin": Begin,
    "say": Say,
    "end": End,
    "prolong": Prolong,
    "change": Change,
    "call-off": CallOff,
    "discard": Discard,
}
