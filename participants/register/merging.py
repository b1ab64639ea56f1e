"""Two rows that are one person: what goes over to the row that stays, what collides, and what keeps them apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.holding import columns_of
from participants.models import (
    OPEN_CONSENTS,
    TAKING_PART,
    Charge,
    Consent,
    ConsentState,
    DestructionState,
    Enrolment,
    EnrolmentState,
    Guardian,
    Guardianship,
    LinkState,
    Person,
    PersonalLink,
    ThirdPartyNote,
)
from participants.moving_over import Merging, objections_to, settled_by_apps
from participants.register.disputes import GIVEN, disputed_by_each_other
from participants.register.duplicates import folded
from participants.register.sheet import PersonSheet, sheet_of

_UNSIGNED = (ConsentState.ASKED, ConsentState.RETURNED)
_DISPUTED = (ConsentState.IN_FORCE, ConsentState.CONTESTED)
_FARTHEST = (EnrolmentState.READY, EnrolmentState.PAUSED, EnrolmentState.INTERVIEWED, EnrolmentState.ENROLLED)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the two, in words; `is_alike` where there is nothing to choose."""

    name: str
    label: str
    kept: str
    gone: str
    is_alike: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merging would do: `moves` goes over, `settled` is how clashes end, `refusals` is why it can not be."""

    columns: tuple[Column, ...]
    moves: tuple[str, ...]
    settled: tuple[str, ...]
    refusals: tuple[str, ...]


def merging_of(kept: Person, gone: Person) -> Merging:
    """The merging with the parts that both have: of each two the one that goes, and the one that stays."""
    own = {_place_of(row): row for row in kept.enrolments.select_related("form", "cycle")}
    twice = [(own[_place_of(row)], row) for row in gone.enrolments.order_by("pk") if _place_of(row) in own]
    return Merging(kept, gone, [_ranked(*pair) for pair in twice])


def preview_of(merging: Merging) -> Preview:
    """What the curator is shown before the two become one."""
    return Preview(
        columns=tuple(_columns(merging.kept, merging.gone)),
        moves=tuple(_moves(merging.gone)),
        settled=tuple(_settled(merging)),
        refusals=tuple(refusals_of(merging)),
    )


def state_of(kept: Person, gone: Person) -> str:
    """A digest of what both rows say, by which it is seen that somebody has changed one meanwhile."""
    told = [str(value) for row in (kept, gone) for value in (row.pk, *asdict(sheet_of(row)).values())]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def merged_sheet(kept: Person, gone: Person, taken: Mapping[str, bool]) -> PersonSheet:
    """The row that stays; `taken` are the columns whose value is that of the row that goes."""
    ours, theirs = asdict(sheet_of(kept)), asdict(sheet_of(gone))
    return PersonSheet(**{name: theirs[name] if taken.get(name) else value for name, value in ours.items()})


def refusals_of(merging: Merging) -> list[str]:
    """Why the two can not be made one, in words."""
    kept, gone = merging.kept, merging.gone
    words = []
    if kept.school_id != gone.school_id or kept.pk == gone.pk:
        words.append(_("These are not two people of one school."))
    if kept.user_id and gone.user_id:
        words.append(_("Both log in, each in a way of their own. End one of the two roles first."))
    if any(row.destructions.filter(state=DestructionState.DUE).exists() for row in (kept, gone)):
        words.append(_("The data of one of them are to be destroyed: that comes first."))
    if any(True for _pair in clashing_consents(kept, gone, OPEN_CONSENTS)) or _is_disputed_and_asked(kept, gone):
        words.append(_("The same signer is asked for the same consent in both. Take one request back first."))
    return words + objections_to(merging)


def clashing_consents(
    kept: Person, gone: Person, states: tuple[ConsentState, ...]
) -> Iterator[tuple[Consent, Consent]]:
    """Consents of the two for one purpose and by one signer, both in these states."""
    same = {row.guardian_id: guardian.pk for row, guardian in same_guardians(kept, gone)}
    ours = {(row.purpose, row.guardian_id): row for row in kept.consents.filter(state__in=states)}
    for row in gone.consents.filter(state__in=states).order_by("pk"):
        signer = same.get(row.guardian_id, row.guardian_id) if row.guardian_id else None
        if (row.purpose, signer) in ours:
            yield ours[row.purpose, signer], row


def needless_requests(kept: Person, gone: Person) -> list[Consent]:
    """What is asked for the one alone and was given for the other."""
    return [
        row
        for asked, giver in ((kept, gone), (gone, kept))
        for row in asked.consents.filter(state__in=_UNSIGNED, purpose__in=_given(giver))
        .exclude(purpose__in=_given(asked))
        .select_related("person__school")
    ]


def is_contested_already(row: Consent, kept: Person, gone: Person) -> bool:
    """Whether the same signer's consent of the other of the two is contested: that one stands for both."""
    pairs = clashing_consents(kept, gone, _DISPUTED)
    return any(row in pair and pair[0].state != pair[1].state for pair in pairs)


def same_guardians(kept: Person, gone: Person) -> list[tuple[Guardianship, Guardian]]:
    """Those who represent the one that goes and were entered for the other too: of the same name, contacts that do not
    contradict, and nobody else to represent.
    """
    ours = [row.guardian for row in kept.guardianships.select_related("guardian")]
    found = []
    for row in gone.guardianships.select_related("guardian"):
        one = next((guardian for guardian in ours if _is_same(guardian, row.guardian, gone)), None)
        if one is not None:
            found.append((row, one))
    return found


def _given(person: Person) -> QuerySet[Consent, str]:
    return person.consents.filter(state__in=GIVEN).values_list("purpose", flat=True)


def _is_disputed_and_asked(kept: Person, gone: Person) -> bool:
    """Whether what is to be contested would meet a copy of the same signer that waits."""
    disputed = {row.pk for row, _words in disputed_by_each_other(kept, gone)}
    states = (ConsentState.IN_FORCE, ConsentState.ACCEPTED, ConsentState.SENT)
    pairs = clashing_consents(kept, gone, states)
    return any(
        disputed & {one.pk, other.pk} and {one.state, other.state} != {ConsentState.IN_FORCE} for one, other in pairs
    )


def _is_same(ours: Guardian, theirs: Guardian, gone: Person) -> bool:
    if ours.pk == theirs.pk:
        return True
    if folded(ours.full_name) != folded(theirs.full_name) or (ours.user_id and theirs.user_id):
        return False
    contacts = [(getattr(ours, name), getattr(theirs, name)) for name in ("email", "phone")]
    is_alone = not theirs.guardianships.exclude(minor=gone).exists()
    return is_alone and all(a == b or not a or not b for a, b in contacts)


def _place_of(row: Enrolment) -> tuple[int, str, int]:
    return row.cycle_id, row.side, row.form_id


def _ranked(ours: Enrolment, theirs: Enrolment) -> tuple[Enrolment, Enrolment]:
    """The one that goes and the one that stays: who is farther in the year stays, the older of equals."""
    return (ours, theirs) if _rank(theirs) < _rank(ours) else (theirs, ours)


def _rank(row: Enrolment) -> int:
    state = EnrolmentState(row.state)
    return _FARTHEST.index(state) if state in TAKING_PART else len(_FARTHEST)


def _columns(kept: Person, gone: Person) -> Iterator[Column]:
    names = PersonSheet.__slots__
    for name, (label, ours), (_label, theirs) in zip(
        names, columns_of(kept, names), columns_of(gone, names), strict=True
    ):
        yield Column(name, label, _shown(ours), _shown(theirs), getattr(kept, name) == getattr(gone, name))


def _shown(value: object) -> str:
    return value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else str(value or "")


def _moves(gone: Person) -> Iterator[str]:
    counted: tuple[tuple[str, QuerySet[Model]], ...] = (
        (gettext_lazy("parts in the programme: %(n)s"), gone.enrolments.all()),
        (gettext_lazy("consents: %(n)s"), gone.consents.all()),
        (gettext_lazy("parents and guardians: %(n)s"), gone.guardianships.all()),
        (gettext_lazy("personal links: %(n)s"), PersonalLink.objects.filter(person=gone)),
        (gettext_lazy("notes of others: %(n)s"), ThirdPartyNote.objects.filter(enrolment__person=gone)),
        (gettext_lazy("members of staff in charge: %(n)s"), Charge.objects.filter(person=gone)),
        (gettext_lazy("rows of spreadsheets: %(n)s"), gone.sheet_rows.all()),
    )  # type: ignore[assignment]
    for words, rows in counted:
        if count := rows.count():
            yield str(words) % {"n": count}
    if gone.user_id:
        yield _("the way to log in")


def _settled(merging: Merging) -> Iterator[str]:
    kept, gone = merging.kept, merging.gone
    for _goes, stays in merging.parts:
        yield _(
            "Both take part in «%(form)s» in %(year)s: of the two parts one stays, what it lacks is taken over."
        ) % {
            "form": stays.form.name,
            "year": f"{stays.cycle.year}–{stays.cycle.year + 1}",
        }
    for row, _guardian in same_guardians(kept, gone):
        yield _("%(name)s is entered for both and stays once.") % {"name": row.guardian.full_name}
    for consent, _other in clashing_consents(kept, gone, (ConsentState.IN_FORCE,)):
        yield _("Both have a consent in force: %(purpose)s. The newer one holds, the older is marked as replaced.") % {
            "purpose": consent.get_purpose_display()
        }
    for purpose in dict.fromkeys(row.get_purpose_display() for row, _words in disputed_by_each_other(kept, gone)):
        yield _(
            "The guardians disagree: %(purpose)s. What was given is not in force until you settle the conflict."
        ) % {"purpose": purpose}
    if count := len(needless_requests(kept, gone)):
        yield ngettext(
            "%(n)s request for a consent that the other entry has already is taken back.",
            "%(n)s requests for consents that the other entry has already are taken back.",
            count,
        ) % {"n": count}
    yield from settled_by_apps(merging)
    if count := clashing_links(kept, gone).count():
        yield ngettext(
            "%(n)s link that was given out twice opens nothing any more.",
            "%(n)s links that were given out twice open nothing any more.",
            count,
        ) % {"n": count}


def clashing_links(kept: Person, gone: Person) -> QuerySet[PersonalLink]:
    """Open links of the one that goes where the other has one for the same signer on the same way."""
    same = {row.guardian_id: guardian.pk for row, guardian in same_guardians(kept, gone)}
    ours = set(kept.links.filter(state=LinkState.OPEN).values_list("guardian", "channel"))
    rows = gone.links.filter(state=LinkState.OPEN)
    twice = [row.pk for row in rows if (same.get(row.guardian_id or 0, row.guardian_id), row.channel) in ours]
    return PersonalLink.objects.filter(Q(pk__in=twice))
