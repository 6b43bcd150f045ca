"""The desk: boxes, a ticket with its clock, and what an agent does with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import factors
from core.errors import Refused
from core.panel import PanelView, Place

from .. import acts, boxes, forms, queries
from ..models import AnswerTemplate, Attachment, Rating, Ticket
from ..services import acting, sorting, talking, watching
from ..states import Priority, Queue, Status
from .base import answer_file, last_page

SCOPE = "desk"
PER_PAGE = 30
EARLIER = 5


def place_of_desk(user: Any) -> Place:
    return Place(SCOPE, str(_("Support desk")), user.get_full_name() or user.email, reverse("support:desk"))


class DeskView(PanelView):
    """Only for people of the desk; to all others it is not there. Never without a second step."""

    def place(self) -> Place:
        if not queries.is_agent(self.request.user):
            raise Http404
        return place_of_desk(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user: Any = request.user
        if user.is_authenticated and settings.REQUIRE_SECOND_FACTOR and not factors.has_second_factor(user):
            return factors.ask_for_setup(request)
        return super().dispatch(request, *args, **kwargs)


class Line(DeskView):
    """One box, narrowed by queue, priority, status and words."""

    template_name = "support/desk/line.html"
    box = "on_us"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = request.GET.get("q", "").strip().upper()
        found = Ticket.objects.filter(reference=typed).first() if typed.startswith("DT-") else None
        if found:
            return redirect("support:desk_ticket", found.reference)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = {name: self.request.GET.get(name, "")[:80] for name in ("queue", "priority", "status", "q")}
        box = boxes.BY_CODE[self.box]
        rows = boxes.rows_of(box, user=self.request.user, now=timezone.now(), asked=asked)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            box=box,
            page=page,
            asked=asked,
            queues=Queue.choices,
            priorities=[(str(code), label) for code, label in Priority.choices],
            statuses=Status.choices,
            is_narrowed=any(asked.values()),
            **kwargs,
        )


class TicketView(DeskView):
    """Base of all pages of one ticket."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            rows = Ticket.objects.select_related("requester", "business", "assignee", "merged_into")
            self.ticket = get_object_or_404(rows, reference=kwargs["reference"])
            self.now = timezone.now()

    def back(self) -> HttpResponse:
        return redirect("support:desk_ticket", self.ticket.reference)

    def say(self, act: Any, sentence: str) -> HttpResponse:
        try:
            act()
        except Refused as error:
            messages.error(self.request, str(error.message))
        else:
            messages.success(self.request, sentence)
        return self.back()

    def who(self) -> dict[str, Any]:
        return {"ticket": self.ticket, "by": self.request.user, "now": self.now}


class DeskTicket(TicketView):
    """The thread with its clock; POST answers or notes."""

    template_name = "support/desk/ticket.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = watching.look(**self.who())
        start = {"seen": queries.newest(self.ticket), "words": self._begun(mine.draft)}
        return self.show(forms.Answer(initial=start))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.Answer(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        data = form.cleaned_data
        words = {name: data[name] for name in ("words", "files")}
        try:
            if "note" in request.POST:
                talking.note(**self.who(), **words)
            else:
                talking.answer(**self.who(), **words, then=data["then"], seen=data["seen"])
        except Refused as error:
            form.add_error(None, error.message)
            typed: Any = request.POST.copy()
            typed["seen"] = queries.newest(self.ticket)
            form.data = typed
            return self.show(form)
        messages.success(request, _("Noted.") if "note" in request.POST else _("Your answer is on its way."))
        return self.back()

    def show(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def _begun(self, draft: str) -> str:
        """A chosen template, else what she had begun to write."""
        chosen = self.request.GET.get("sablon", "")
        if chosen.isdecimal() and len(chosen) < 10:
            template = AnswerTemplate.objects.filter(pk=chosen).first()
            if template:
                return fill(template, self.ticket)
        return draft

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ticket = self.ticket
        people = queries.agents()
        return super().get_context_data(
            **(kwargs | {"ticket": ticket}),
            page=last_page(queries.thread(ticket, internal=True), self.request.GET.get("page")),
            assign=forms.Assign(people=people, initial={"to": ticket.assignee_id, "was": ticket.assignee_id}),
            sort=forms.Sort(initial={"queue": ticket.queue, "priority": ticket.priority}),
            merge=forms.Merge(),
            others=queries.others_at(ticket, me=self.request.user, now=self.now),
            templates=templates_for(ticket),
            acts=acts.offered(ticket, self.request.user),
            earlier=list(queries.earlier_of(ticket)[:EARLIER]),
            escalations=list(ticket.escalations.select_related("taken_from", "given_to")),
            rating=Rating.objects.filter(ticket=ticket).first(),
        )


def templates_for(ticket: Ticket) -> Any:
    rows = AnswerTemplate.objects.filter(locale=ticket.locale, queue__in=["", ticket.queue])
    return rows.order_by("title")


def fill(template: AnswerTemplate, ticket: Ticket) -> str:
    """Only these two words are filled in; other braces stay as they are."""
    name = ticket.requester.first_name if ticket.requester else ticket.guest_name
    return template.text.replace("{name}", name).replace("{reference}", ticket.reference)


class AssignTicket(TicketView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.Assign(request.POST, people=queries.agents())
        if not form.is_valid():
            messages.error(request, _("This person does not work at the desk."))
            return self.back()
        data = form.cleaned_data
        return self.say(lambda: sorting.assign(**self.who(), to=data["to"], was=data["was"]), _("Saved."))


class TakeTicket(TicketView):
    """One press in the list: mine now, unless somebody was quicker."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = lambda: sorting.assign(**self.who(), to=request.user, was=None)  # noqa: E731
        return self.say(verb, _("It is yours."))


class SortTicket(TicketView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.Sort(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose a queue and a priority."))
            return self.back()
        return self.say(lambda: sorting.sort(**self.who(), **form.cleaned_data), _("Saved."))


class MergeTicket(TicketView):
    """Asks once: what is joined cannot be taken apart."""

    template_name = "support/desk/merge.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(forms.Merge(request.GET if "reference" in request.GET else None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.Merge(request.POST)
        if not form.is_valid():
            return self.show(form)
        into = form.cleaned_data["reference"]
        try:
            sorting.merge(**self.who(), into=into)
        except Refused as error:
            form.add_error("reference", error.message)
            return self.show(form)
        messages.success(request, _("Joined."))
        return redirect("support:desk_ticket", into.reference)

    def show(self, form: forms.Merge) -> HttpResponse:
        into = form.cleaned_data.get("reference") if form.is_bound and form.is_valid() else None
        context = self.get_context_data(form=form, ticket=self.ticket, into=into)
        return self.render_to_response(context)


class DoAct(factors.RecentlyConfirmedMixin, TicketView):
    """What an act does, its facts, and one press. The password is asked again."""

    template_name = "support/desk/act.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            offered = {act.code: act for act in acts.offered(self.ticket, request.user)}
            if kwargs["act"] not in offered:
                raise Http404
            self.act = offered[kwargs["act"]]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.act.form_class(initial=self.act.initial(self.ticket)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.act.form_class(request.POST)
        if not form.is_valid():
            return self.show(form)
        verb = lambda: acting.perform(**self.who(), act=self.act, data=form.cleaned_data)  # noqa: E731
        return self.say(verb, _("Done. It stands in the thread for your colleagues."))

    def show(self, form: Any) -> HttpResponse:
        facts = self.act.facts(self.ticket)
        return self.render_to_response(
            self.get_context_data(form=form, ticket=self.ticket, act=self.act, facts=facts)
        )


class Beat(TicketView):
    """Sent by the open page every 20 seconds: I am here, this is my draft; who else is?"""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.Draft(request.POST)
        if not form.is_valid():
            return HttpResponse(status=422)
        watching.beat(**self.who(), draft=form.cleaned_data["words"])
        others = queries.others_at(self.ticket, me=request.user, now=self.now)
        context = {"others": others, "ticket": self.ticket, "newest": queries.newest(self.ticket)}
        return render(request, "support/desk/_others.html", context)


class DeskFile(TicketView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Attachment.objects.filter(message__ticket=self.ticket)
        return answer_file(get_object_or_404(rows, pk=kwargs["pk"]))
