"""The profile of a part in the year: what pairing goes by and what the official registers ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm, StandingForm
from participants.models import Area, Enrolment, RoleModel, Side
from participants.register.hours import FIRST_HOUR, LAST_HOUR, WEEKDAYS, short_weekday, weekday_name
from participants.register.profile import AGES, MOST_MENTEES, columns_of

TEXT: dict[str, Any] = {"required": False, "max_length": 2000}


class WeekInput(forms.widgets.ChoiceWidget):
    """The week as a table of hours, a tick for each free one."""

    template_name = "participants/enrolment_week.html"
    allow_multiple_selected = True
    use_fieldset = True

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The legend stands for all of them."""
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """By a template of the project: the renderer of forms knows only those of the apps."""
        ticked = {str(hour) for hour in value or ()}
        hours = [
            {"words": f"{hour}–{hour + 1}", "ticks": [_tick(day, hour, ticked) for day in WEEKDAYS]}
            for hour in range(FIRST_HOUR, LAST_HOUR)
        ]
        days = [{"name": weekday_name(day), "short": short_weekday(day)} for day in WEEKDAYS]
        return render_to_string(self.template_name, {"name": name, "days": days, "hours": hours})


def _tick(day: int, hour: int, ticked: set[str]) -> dict[str, Any]:
    value = str(day * 100 + hour)
    return {"value": value, "label": _hour_in_words(day, hour), "is_on": value in ticked}


def _hour_in_words(day: int, hour: int) -> str:
    """«понедельник, 15:00–16:00»"""
    return f"{weekday_name(day)}, {hour}:00–{hour + 1}:00"


def _week() -> list[tuple[str, str]]:
    return [
        (str(day * 100 + hour), _hour_in_words(day, hour)) for day in WEEKDAYS for hour in range(FIRST_HOUR, LAST_HOUR)
    ]


class ProfileForm(PlainForm, StandingForm):
    """A mentee has a request, a mentor competences, places and wishes; both have areas, interests and free hours."""

    request = forms.CharField(
        label=_("Main request"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What the mentee wants to learn or sort out, in a few words. Nothing about health or the family."),
        **TEXT,
    )
    competences = forms.CharField(
        label=_("Main competences"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What the mentor can teach and is ready to help with."),
        **TEXT,
    )
    areas = forms.MultipleChoiceField(label=_("Areas of help"), required=False, widget=forms.CheckboxSelectMultiple)
    wanted_help = forms.CharField(
        label=_("What help is wanted, in the mentee's own words"), widget=forms.Textarea({"rows": 2}), **TEXT
    )
    achievements = forms.CharField(
        label=_("Achievements that matter for the programme"), widget=forms.Textarea({"rows": 2}), **TEXT
    )
    interests = forms.CharField(label=_("Interests"), widget=forms.Textarea({"rows": 2}), **TEXT)
    capacity = forms.IntegerField(
        label=_("How many mentees the mentor takes"), required=False, min_value=1, max_value=MOST_MENTEES
    )
    wanted_age_from = forms.IntegerField(
        label=_("Wanted age of mentees, from"), required=False, min_value=AGES[0], max_value=AGES[-1]
    )
    wanted_age_to = forms.IntegerField(
        label=_("Wanted age of mentees, to"), required=False, min_value=AGES[0], max_value=AGES[-1]
    )
    time_resource = forms.CharField(
        label=_("Time for the programme"),
        required=False,
        max_length=300,
        help_text=_("As the register asks it: two hours a week, on Saturdays."),
    )
    building = forms.CharField(label=_("Building where it is handy to meet"), required=False, max_length=100)
    is_remote = forms.BooleanField(label=_("Can meet at a distance, by video"), required=False)
    role_model = forms.ChoiceField(label=_("Role model"), required=False)
    entered_on = forms.DateField(label=_("Entered the programme on"), required=False, widget=DayInput())
    available = forms.MultipleChoiceField(
        label=_("Free hours of the week"), required=False, choices=_week, widget=WeekInput
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, enrolment: Enrolment) -> None:
        self.enrolment = enrolment
        initial = {name: getattr(enrolment, name) for name in (*columns_of(enrolment.side), "entered_on")}
        super().__init__(data, initial=initial | self._chosen())
        theirs = {*columns_of(enrolment.side), "areas", "role_model", "entered_on", "available"}
        for name in {*self.fields} - theirs:
            del self.fields[name]
        self._offer_areas()
        self._offer_role_models()

    def _chosen(self) -> dict[str, Any]:
        row = self.enrolment
        self.chosen_areas = set(row.areas.values_list("pk", flat=True))
        return {
            "areas": [str(key) for key in sorted(self.chosen_areas)],
            "available": [str(hour) for hour in row.available],
            "role_model": row.role_model_id or "",
        }

    def _offer_areas(self) -> None:
        """The areas that the school uses, and of the others those that are chosen."""
        rows = Area.objects.filter(
            Q(is_used=True) | Q(pk__in=self.chosen_areas), school=self.enrolment.person.school_id
        )
        self.known_areas = {str(row.pk): row for row in rows}
        self.fields["areas"].choices = [(key, row.name) for key, row in self.known_areas.items()]  # type: ignore[attr-defined]
        if not self.known_areas:
            del self.fields["areas"]

    def _offer_role_models(self) -> None:
        self.role_models = {str(row.pk): row for row in RoleModel.objects.filter(form=self.enrolment.form_id)}
        choices = [("", _("not chosen")), *((key, row.name) for key, row in self.role_models.items())]
        self.fields["role_model"].choices = choices  # type: ignore[attr-defined]
        if not self.role_models:
            del self.fields["role_model"]

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        rows: tuple[tuple[str, ...], ...] = (
            ("capacity", "time_resource"),
            ("wanted_age_from", "wanted_age_to"),
            ("role_model", "entered_on"),
            ("building", "is_remote"),
        )
        told = [name for name in ("wanted_help", "achievements", "interests") if name in self.fields]
        pairs = [[name for name in row if name in self.fields] for row in rows]
        main = "request" if self.enrolment.side == Side.MENTEE else "competences"
        areas = [Div("areas", css_class="areas")] if "areas" in self.fields else []
        helper.layout = Layout(
            main, *areas, *told, *(Div(*row, css_class="form-two") for row in pairs if row), Fieldset("", "available")
        )
        return helper

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        least, most = given.get("wanted_age_from"), given.get("wanted_age_to")
        if least and most and most < least:
            self.add_error("wanted_age_to", gettext("The wanted age ends before it begins."))
        return given

    @property
    def columns(self) -> dict[str, Any]:
        """What `fill_profile` takes, after a valid form; hours that the page does not show stay."""
        given = {name: self.cleaned_data[name] for name in self.fields}
        shown = {int(value) for value, _label in _week()}
        unseen = [hour for hour in self.enrolment.available if hour not in shown]
        given["available"] = [*(int(hour) for hour in given["available"]), *unseen]
        if "areas" in given:
            given["areas"] = [self.known_areas[key] for key in given["areas"]]
        if "role_model" in given:
            given["role_model"] = self.role_models.get(given["role_model"])
        return given
