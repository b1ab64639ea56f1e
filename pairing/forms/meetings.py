"""The forms of meetings and mentorships."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayInput, PlainForm
from pairing.forms.matches import MOST_KEY
from pairing.models import Meeting, MeetingKind, Mentorship, Place
from pairing.services.meetings import LONGEST, SHORTEST, SUMMARY_LENGTH

USUAL_MINUTES = (20, 45, 60)
OTHER, CHOOSE, NONE = "other", "choose", "none"
EVERYONE = "all"


class TimeInput(forms.TimeInput):
    """A time by the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ComersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Mentees of a pair, by their names."""

    def label_from_instance(self, obj: Any) -> str:
        name: str = obj.mentee.person.short_name
        return name


class MeetingForm(PlainForm, forms.Form):
    """One meeting on one screen; `proposed` is when the next one would be, None for no proposal.

    `asks_again` shows the box by which a second meeting on one day is confirmed.
    """

    kind = forms.ChoiceField(label=gettext_lazy("Which meeting this was"), choices=MeetingKind.choices)
    day = forms.DateField(label=gettext_lazy("Day of the meeting"), widget=DayInput())
    time = forms.TimeField(label=gettext_lazy("Began at"), widget=TimeInput())
    attended = ComersField(
        label=gettext_lazy("Who came"),
        queryset=Place.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={
            "required": gettext_lazy("Tick who came."),
            "invalid_choice": gettext_lazy("Someone of those who came is not in this pair any more."),
        },
    )
    minutes = forms.ChoiceField(
        label=gettext_lazy("How long it lasted"),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose how long the meeting lasted.")},
    )
    other_minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes"),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    summary = forms.CharField(
        label=gettext_lazy("What you agreed on"),
        required=False,
        max_length=SUMMARY_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("The mentee, the parents and the curator read it."),
    )
    next = forms.ChoiceField(label=gettext_lazy("When the next one is"), widget=forms.RadioSelect())
    next_day = forms.DateField(label=gettext_lazy("Day of the next meeting"), required=False, widget=DayInput())
    next_time = forms.TimeField(label=gettext_lazy("Begins at"), required=False, widget=TimeInput())
    is_another = forms.BooleanField(
        label=gettext_lazy("This was another meeting on the same day"), required=False, widget=forms.CheckboxInput()
    )

    def __init__(
        self, data: Any, *, mentorship: Mentorship, places: Sequence[Place], proposed: datetime | None, **given: Any
    ) -> None:
        super().__init__(data, **given)
        self.zone = mentorship.school.zone
        self.places, self.proposed = places, proposed
        self.asks_again = bool(data and data.get("is_another"))
        came = self.fields["attended"]
        assert isinstance(came, ComersField)
        came.queryset = Place.objects.filter(pk__in=[row.pk for row in places]).select_related("mentee__person")
        came.required = len(places) > 1
        self._offer("minutes", _durations())
        self._offer("next", _next_choices(proposed))
        self.fields["day"].widget.attrs["max"] = datetime.now(self.zone).date().isoformat()

    def clean_other_minutes(self) -> int | None:
        minutes: int | None = self.cleaned_data["other_minutes"]
        if self.cleaned_data.get("minutes") == OTHER and minutes is None:
            raise forms.ValidationError(_("Write how many minutes the meeting lasted."))
        return minutes

    def clean_next_day(self) -> date | None:
        day: date | None = self.cleaned_data["next_day"]
        if self.cleaned_data.get("next") == CHOOSE and day is None:
            raise forms.ValidationError(_("Choose the day of the next meeting, or say that it is not known yet."))
        return day

    @property
    def when(self) -> str:
        """«сегодня, 23 октября, 15:20», as the form stands; empty where that makes no sense."""
        given = self.cleaned_data if self.is_bound else self.initial
        if not (given.get("day") and given.get("time")):
            return ""
        return moment_in_words(datetime.combine(given["day"], given["time"], self.zone))

    @property
    def kind_label(self) -> str:
        kind = (self.cleaned_data if self.is_bound else self.initial).get("kind")
        return str(MeetingKind(kind).label) if kind else ""

    @property
    def is_when_open(self) -> bool:
        """Whether the day is to be looked at: it, or the meeting as a whole, was refused."""
        return self.is_bound and any(self.errors.get(name) for name in ("day", "time", "kind", NON_FIELD_ERRORS))

    @property
    def columns(self) -> dict[str, Any]:
        """What a record is made of."""
        given = self.cleaned_data
        is_other = given["minutes"] == OTHER
        return {
            "kind": given["kind"],
            "held_at": datetime.combine(given["day"], given["time"], self.zone),
            "minutes": given["other_minutes"] if is_other else int(given["minutes"]),
            "summary": given["summary"],
            "next_at": self._next_at(),
            "attended": list(given["attended"]) if len(self.places) > 1 else self.places,
            "is_another": given["is_another"],
        }

    def _next_at(self) -> datetime | None:
        given = self.cleaned_data
        if given["next"] == NONE:
            return None
        if given["next"] == CHOOSE:
            return datetime.combine(given["next_day"], given["next_time"] or given["time"], self.zone)
        return datetime.fromisoformat(given["next"]).replace(tzinfo=self.zone)

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class MentorshipFilterForm(PlainForm, forms.Form):
    """What of the list is shown; what makes no sense is passed over."""

    q = forms.CharField(
        label=gettext_lazy("Name or class of either"),
        required=False,
        widget=forms.SearchInput({"class": "form-control"}),
    )
    form = forms.TypedChoiceField(
        label=gettext_lazy("Form of mentoring"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select({"class": "form-select"}),
    )
    without = forms.ChoiceField(required=False, choices=MeetingKind.choices, widget=forms.HiddenInput)
    cycle = forms.IntegerField(required=False, max_value=MOST_KEY, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, forms_used: Sequence[tuple[Any, Any]]) -> None:
        super().__init__(data)
        choice = self.fields["form"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("all forms of mentoring")), *forms_used]
        self.is_valid()

    @property
    def lacking(self) -> tuple[str, int] | None:
        """The kind of meeting and the cycle whose pairs without such a meeting are asked for."""
        kind, cycle = self.cleaned_data.get("without"), self.cleaned_data.get("cycle")
        return (kind, cycle) if kind and cycle else None

    @property
    def kind_label(self) -> str:
        return str(MeetingKind(self.cleaned_data["without"]).label)


class EndForm(PlainForm, forms.Form):
    """How the work of a pair, or of one mentee of a group, ends."""

    who = forms.ChoiceField(label=gettext_lazy("For whom it ends"), widget=forms.RadioSelect())
    how = forms.ChoiceField(
        label=gettext_lazy("How it ends"),
        choices=(
            ("finished", gettext_lazy("the work is completed")),
            ("stopped", gettext_lazy("it stops early")),
        ),
        widget=forms.RadioSelect(),
    )
    on = forms.DateField(label=gettext_lazy("Last day of the work"), widget=DayInput())
    reason = forms.CharField(
        label=gettext_lazy("Why it ends early"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Needed where it stops early. Write nothing of anyone's health or family."),
    )

    def __init__(self, data: Any, *, places: Sequence[Place], **given: Any) -> None:
        super().__init__(data, **given)
        self.places = {str(row.pk): row for row in places}
        if len(places) > 1:
            who = self.fields["who"]
            assert isinstance(who, forms.ChoiceField)
            names = [(key, row.mentee.person.short_name) for key, row in self.places.items()]
            who.choices = [(EVERYONE, _("for the whole group")), *names]
            who.initial = EVERYONE
        else:
            del self.fields["who"]

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("who", EVERYONE) != EVERYONE and given.get("how") == "finished":
            self.add_error("how", _("One mentee leaves a group early; the work is completed for all together."))

    @property
    def place(self) -> Place | None:
        """The one who leaves; None where it ends for all."""
        return self.places.get(self.cleaned_data.get("who", EVERYONE))


def initial_of(meeting: Meeting, zone: Any) -> dict[str, Any]:
    """What the form shows of a record that is changed."""
    held, next_at = meeting.held_at.astimezone(zone), meeting.next_at and meeting.next_at.astimezone(zone)
    is_usual = meeting.minutes in USUAL_MINUTES
    return {
        "kind": meeting.kind,
        "day": held.date(),
        "time": held.time(),
        "attended": [row.pk for row in meeting.attended.all()],
        "minutes": str(meeting.minutes) if is_usual else OTHER,
        "other_minutes": None if is_usual else meeting.minutes,
        "summary": meeting.summary,
        "next": _value(next_at) if next_at else NONE,
    }


def initial_at(
    moment: datetime, kind: MeetingKind, places: Sequence[Place], proposed: datetime | None
) -> dict[str, Any]:
    """What the form of a new meeting shows."""
    return {
        "kind": kind,
        "day": moment.date(),
        "time": time(moment.hour, moment.minute),
        "attended": [row.pk for row in places],
        "minutes": "45",
        "next": _value(proposed) if proposed else NONE,
    }


def a_week_later(moment: datetime, last_day: date) -> datetime | None:
    """The same day and time next week; None where the order ends before."""
    later = moment + timedelta(weeks=1)
    return later if later.date() <= last_day else None


def moment_in_words(moment: datetime) -> str:
    """«чт, 30 октября, 15:20», «сегодня, 23 октября, 15:20»"""
    is_today = moment.date() == datetime.now(moment.tzinfo).date()
    day = _("today") if is_today else date_format(moment, "D").lower()
    return f"{day}, " + date_format(moment, "j\u00a0E, H:i")


def _durations() -> list[tuple[str, str]]:
    usual = [(str(minutes), _("%(n)s min") % {"n": minutes}) for minutes in USUAL_MINUTES if minutes != 60]
    return [*usual, ("60", _("1 hour")), (OTHER, _("another length"))]


def _next_choices(proposed: datetime | None) -> list[tuple[str, str]]:
    at = [(_value(proposed), moment_in_words(proposed))] if proposed else []
    return [*at, (CHOOSE, _("choose the day")), (NONE, _("not known yet"))]


def _value(moment: datetime) -> str:
    """«2026-10-30T15:20», read back by `fromisoformat`; `strftime` would give a year before 1000 too few digits."""
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
