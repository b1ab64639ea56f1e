"""How pairs and waiting fall by class, sex and form."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Role
from pairing.board import mentees_of, years_of
from pairing.fairness import shares_of


@allow(Role.CURATOR)
def match_fairness(request: ActingRequest) -> HttpResponse:
    """Counts of the newest year, or of the one in the address; nobody is named."""
    years = years_of(request.actor)
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), years[0] if years else 0)
    record_event(verb="list", detail={"list": "fairness", "year": year}, by=request.actor)
    context = {"tables": shares_of(mentees_of(request.actor, year)), "year": year, "years": years}
    return render(request, "pairing/match_fairness.html", context)
