"""What becomes of an accepted consent: its paper, a conflict of guardians, a defect found later, its renewal."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.life import OriginalForm, SettleForm, WordsForm
from participants.hanging import hanging_on
from participants.models import Consent
from participants.services.checking import accept_on_paper
from participants.services.conflicts import contest_consent, settle_conflict
from participants.services.consent_lines import authorities_of, signer_words
from participants.services.consent_papers import print_forms
from participants.services.cycles import today_in
from participants.services.ending import PARTS_ON
from participants.services.originals import note_original
from participants.services.renewal import renew_many
from participants.services.withdrawal import invalidate_consent
from participants.views.consent_check import consent_of, what_became
from participants.views.reach import school_of

MOST_AT_ONCE = 50


@allow(Role.CURATOR, methods="GET POST")
def consent_original(request: ActingRequest, pk: int) -> HttpResponse:
    """The paper original: received when, kept where."""
    consent = consent_of(request, pk)
    first = {"on": consent.original_on or today_in(school_of(request)), "place": consent.original_place}
    form = OriginalForm(request.POST or None, initial=first)

    def keep() -> str:
        note_original(consent=consent, **form.cleaned_data, by=request.actor)
        return _("The original is written down.")

    return _page(request, "original", consent, form, keep)


@allow(Role.CURATOR, methods="GET POST")
def consent_accept_paper(request: ActingRequest, pk: int) -> HttpResponse:
    """The signed paper that the curator holds: received when, kept where."""
    consent = consent_of(request, pk)
    form = OriginalForm(request.POST or None, initial={"on": today_in(school_of(request))})

    def accept() -> str:
        now = accept_on_paper(consent=consent, **form.cleaned_data, by=request.actor)
        return what_became(now) % {"name": consent.person.short_name}

    return _page(request, "paper", consent, form, accept)


@allow(Role.CURATOR, methods="GET POST")
def consent_contest(request: ActingRequest, pk: int) -> HttpResponse:
    """Another guardian objects on paper or aloud."""
    consent = consent_of(request, pk)
    form = WordsForm(request.POST or None)

    def contest() -> str:
        contest_consent(consent=consent, reason=form.cleaned_data["reason"], by=request.actor)
        return _("The consent is not in force until you settle the conflict.")

    return _page(request, "contest", consent, form, contest)


@allow(Role.CURATOR, methods="GET POST")
def consent_settle(request: ActingRequest, pk: int) -> HttpResponse:
    """Decide between two guardians."""
    consent = consent_of(request, pk)
    form = SettleForm(request.POST or None)

    def settle() -> str:
        keeps = form.cleaned_data["outcome"] == "keeps"
        settle_conflict(consent=consent, keeps=keeps, reason=form.cleaned_data["reason"], by=request.actor)
        return (
            _("Settled: the consent holds.")
            if keeps
            else _("Settled: the consent has ended, the data are used no more.")
        )

    return _page(request, "settle", consent, form, settle)


@allow(Role.CURATOR, methods="GET POST")
def consent_invalidate(request: ActingRequest, pk: int) -> HttpResponse:
    """Found after its acceptance never to have held."""
    consent = consent_of(request, pk)
    form = WordsForm(request.POST or None)

    def invalidate() -> str:
        invalidate_consent(consent=consent, reason=form.cleaned_data["reason"], by=request.actor)
        return _("Found invalid. The data are used no more; ask for a new consent.")

    return _page(request, "invalidate", consent, form, invalidate)


@allow(Role.CURATOR, methods="POST")
def consent_renew(request: ActingRequest) -> HttpResponse:
    """Ask the signers of those ticked anew before their terms are over, at most a page of them."""
    keys = [key for key in request.POST.getlist("consent") if key.isascii() and key.isdigit() and len(key) < 19]
    consents = list(Consent.objects.visible_to(request.actor).filter(pk__in=keys[:MOST_AT_ONCE]).order_by("pk"))

    def renew() -> str:
        asked, refusals = renew_many(consents=consents, by=request.actor)
        print_forms(asked, by=request.actor)
        if asked:
            messages.success(request, _("Asked anew. Each old consent holds until the new one is in force."))
        for refusal in refusals:
            messages.warning(request, refusal)
        return f"{reverse('participants:consent_list')}?tab={'asked' if asked else 'expiring'}"

    return redirect(do_once(request, renew))


def _page(request: ActingRequest, deed: str, consent: Consent, form: Form, act: Callable[[], str]) -> HttpResponse:
    """The page of one deed: what it is about, its form, and what the refusal said."""
    here = reverse("participants:consent_check", args=(consent.pk,))

    def do() -> str:
        messages.success(request, act())
        return here

    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, do))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    others = Consent.objects.visible_to(request.actor).filter(person=consent.person_id, purpose=consent.purpose)
    context = {
        "form": form,
        "deed": deed,
        "consent": consent,
        "signer": signer_words(consent, authorities_of([consent.person_id])),
        "others": others.exclude(pk=consent.pk).exclude(guardian=None).select_related("guardian")[:5],
        "hanging": hanging_on(consent.person) if consent.purpose in PARTS_ON else [],
    }
    record_event(verb="view", thing=consent, by=request.actor)
    return render(request, f"participants/life_{deed}.html", context, status=400 if form.errors else 200)
