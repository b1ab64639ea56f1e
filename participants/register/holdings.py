"""All that the register holds on one person, told to himself; each function is a reader, see `participants.holding`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Invitation
from core.models import Membership, Notice
from participants.holding import Fate, Held, Line, columns_of, line
from participants.models import (
    Attendance,
    Consent,
    ConsentPage,
    ConsentState,
    DraftPage,
    Guardianship,
    Interview,
    Person,
    PersonalLink,
    PilePage,
    PublishedItem,
    SheetRow,
    ThirdPartyNote,
)
from participants.register.history import events_of
from participants.register.hours import in_words

SIGNED = (ConsentState.WITHDRAWN, ConsentState.EXPIRED, ConsentState.REPLACED, ConsentState.INVALID)
"""The ends of consents that were given: their papers stay sealed, for the school has to prove that it had them."""
OF_PERSON = (
    "surname",
    "given_name",
    "patronymic",
    "kind",
    "birth_date",
    "class_name",
    "post",
    "email",
    "phone",
    "sex",
    "subject",
    "teaching_since",
)
OF_PART = (
    "side",
    "form",
    "role_model",
    "state",
    "request",
    "wanted_help",
    "competences",
    "achievements",
    "interests",
    "wanted_age_from",
    "wanted_age_to",
    "time_resource",
    "building",
    "is_remote",
    "capacity",
    "entered_on",
    "results",
    "case_url",
    "is_passed",
)


def read_person(person: Person) -> Iterator[Held]:
    """Himself, and who represents him."""
    yield Held(_("Who this is"), (line(*columns_of(person, OF_PERSON)),))
    rows = Guardianship.objects.filter(minor=person).select_related("guardian")
    contacts = ("surname", "given_name", "patronymic", "email", "phone")
    yield Held(
        _("Who represents him"),
        tuple(line(*columns_of(row, ["authority"]), *columns_of(row.guardian, contacts)) for row in rows),
        why=_("A guardian who represents another child of the school stays with that child."),
    )
    charges = person.charges.select_related("membership__user")
    yield Held(
        _("Who of the staff is in charge of him"),
        tuple(line((row.membership.get_role_display().capitalize(), row.membership.user.full_name)) for row in charges),
    )


def read_parts(person: Person) -> Iterator[Held]:
    """The years he takes part in, what was prepared for them, and what others said."""
    parts = person.enrolments.select_related("cycle__programme", "form", "role_model").prefetch_related("areas")
    yield Held(
        _("Parts in the programme"),
        tuple(
            line(
                (_("Academic year"), f"{row.cycle.year}–{row.cycle.year + 1}"),
                *columns_of(row, OF_PART),
                (_("Areas of help"), [area.name for area in row.areas.all()]),
                (_("Free hours"), in_words(row.available)),
            )
            for row in parts
        ),
        Fate.BARE,
        _("The year, the side and the form count in the figures of the school."),
    )
    talks = Interview.objects.filter(enrolment__person=person)
    told = ("held_on", "is_with_psychologist", "outcome", "note")
    yield Held(_("Interviews with him"), tuple(line(*columns_of(row, told)) for row in talks))
    came = Attendance.objects.filter(enrolment__person=person).select_related("training")
    yield Held(
        _("Trainings of mentors"),
        tuple(
            line(
                *columns_of(row.training, ("title", "held_on")),
                (_("Was at it"), row.has_come),
                (_("Passed the training"), row.has_passed),
            )
            for row in came
        ),
    )
    notes = ThirdPartyNote.objects.filter(enrolment__person=person)
    yield Held(_("What others say"), tuple(line(*columns_of(row, ("source", "text"))) for row in notes))


def read_consents(person: Person) -> Iterator[Held]:
    """The consents with their course and the copies that came in."""
    given: list[Line] = []
    others: list[Line] = []
    for row in Consent.objects.filter(person=person).select_related("guardian", "text"):
        (given if row.state in (*SIGNED, ConsentState.IN_FORCE) else others).append(_told_of_consent(row, person))
    term = _("The school has to prove that it had them (152-FZ, article 9, part 3).")
    yield Held(_("Consents that were given"), tuple(given), Fate.SEALED, term)
    yield Held(_("Consents that were asked for or declined"), tuple(others), Fate.BARE, _("Only days and states."))


def _told_of_consent(row: Consent, person: Person) -> Line:
    zone = person.school.zone
    told = ("purpose", "state", "expires_on", "reason", "route", "original_on", "original_place")
    return line(
        *columns_of(row, told),
        (_("Version of the text"), row.text.version),
        (_("Asked on"), row.asked_at.astimezone(zone).date()),
        (_("Signed by"), row.guardian.full_name if row.guardian else _("the person himself")),
        (_("Ended on"), row.ended_at.astimezone(zone).date() if row.ended_at else None),
        (_("Pages of the copy"), ConsentPage.objects.filter(consent=row).count() or None),
        (_("Pages not sent yet"), DraftPage.objects.filter(consent=row).count() or None),
    )


def read_publication(person: Person) -> Iterator[Held]:
    """What the consents let be published, and the links by which they are signed."""
    choices = PublishedItem.objects.filter(consent__person=person).select_related("resource")
    yield Held(
        _("What may be published"),
        tuple(
            line(
                (_("On which site"), row.resource.url),
                *columns_of(row, ("datum", "condition")),
                (_("Is it allowed"), row.is_allowed),
            )
            for row in choices
        ),
    )
    links = PersonalLink.objects.filter(person=person)
    yield Held(
        _("Personal links"),
        tuple(line(*columns_of(row, ("channel", "state")), (_("Stands until"), row.expires_on)) for row in links),
    )


def read_uploads(person: Person) -> Iterator[Held]:
    """Rows of spreadsheets and pages of piles, as they came in."""
    rows = SheetRow.objects.filter(person=person).select_related("sheet")
    yield Held(
        _("Rows of uploaded spreadsheets"),
        tuple(
            line(
                (_("Uploaded spreadsheet"), row.sheet.name),
                (_("Number of the row"), row.number),
                *((str(k), v) for k, v in row.cells.items()),
            )
            for row in rows
        ),
    )
    pages = PilePage.objects.filter(consent__person=person).select_related("pile")
    yield Held(
        _("Pages of scanned piles"),
        tuple(line((_("Scanned pile"), row.pile.name), (_("Number of the page"), row.number)) for row in pages),
    )


def read_account(person: Person) -> Iterator[Held]:
    """How he logs in, what was sent, and how often the journal names him."""
    user, zone = person.user, person.school.zone
    if user:
        roles = Membership.objects.filter(user=user, school=person.school_id)
        yield Held(
            _("Account in the program"),
            (
                line(
                    *columns_of(user, ("login", "email", "surname", "given_name", "patronymic")),
                    (_("Roles in the school"), [row.get_role_display() for row in roles]),
                ),
            ),
            why=_("It stays where he logs in for something else."),
        )
    invitations = Invitation.objects.filter(pk=person.invitation_id or 0)
    told = ("role", "email", "surname", "given_name", "patronymic", "post", "state")
    yield Held(_("Invitations"), tuple(line(*columns_of(row, told)) for row in invitations))
    links = PersonalLink.objects.filter(person=person).values_list("pk", flat=True)
    named = Q(payload__link__in=list(links)) | Q(payload__person=person.pk)
    letters = Notice.objects.filter(named | Q(user=user, user__isnull=False), school=person.school_id)
    yield Held(
        _("Letters that were sent"),
        tuple(
            line((_("Queued on"), row.created_at.astimezone(zone)), (_("How it stands now"), row.get_state_display()))
            for row in letters
        ),
    )
    lines = events_of(person).count()
    yield Held(
        _("Journal of events"),
        (line((_("Lines that name him by a key"), lines)),) if lines else (),
        Fate.STAYS,
        _("It has keys and no names; the extract that goes with the act is taken from it."),
    )
