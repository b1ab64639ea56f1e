"""Papers that are kept sealed after a destruction: what there is, and opening one for an inspection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actors import Actor
from core.journal import record_event
from core.models import StoredFile
from participants.models import ConsentPage, Destruction


class Occasion(TextChoices):
    """Who inspects."""

    REGULATOR = "regulator", gettext_lazy("Roskomnadzor")
    PROSECUTOR = "prosecutor", gettext_lazy("the prosecutor's office")
    COURT = "court", gettext_lazy("a court or the police")
    FOUNDER = "founder", gettext_lazy("the founder or the ministry")
    PERSON = "person", gettext_lazy("the person himself or the guardian")


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed paper: its key, and in words what it is."""

    key: int
    words: str


def sealed_papers(row: Destruction) -> list[Sealed]:
    """The papers of one destruction, the act first; nothing once their term is over."""
    found = [Sealed(row.act_id, _("act of destruction"))] if row.act_id else []
    for consent in row.consents().select_related("text").order_by("pk"):
        words = f"{consent.text.get_kind_display()}, № {consent.pk}"
        if consent.paper_id:
            found.append(Sealed(consent.paper_id, _("%(consent)s: the form") % {"consent": words}))
        pages = ConsentPage.objects.filter(consent=consent).order_by("attempt", "place")
        for number, file in enumerate(pages.values_list("file", flat=True), 1):
            found.append(Sealed(file, _("%(consent)s: signed page %(number)s") % {"consent": words, "number": number}))
    return found


def open_sealed(
    *, row: Destruction, paper: int, occasion: str, number: str, dated_on: date, by: Actor
) -> StoredFile | None:
    """The paper with this key, its opening journaled with the request it is for; None where it is not of this row."""
    if paper not in {sealed.key for sealed in sealed_papers(row)}:
        return None
    stored = StoredFile.objects.select_related("school").get(pk=paper)
    detail: dict[str, object] = {
        "file": stored.pk,
        "occasion": occasion,
        "number": number,
        "dated_on": dated_on.isoformat(),
    }
    record_event(verb="open sealed", thing=row, school=row.school, detail=detail, by=by)
    return stored
