"""A campaign written down: what it is called, whom it asks, when, and with names or without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.forms import DayInput, PlainForm
from core.models import Role
from core.typography import long_date
from participants.models import TAKING_PART, EnrolmentState, FormModel, MentoringForm
from participants.register.charges import classes_of
from roadmap.models import Cycle, Window
from surveys.models import Answerer, Campaign, CampaignState, QuestionnaireVersion, Wave
from surveys.services.campaigns import Plan, days_of, refuse_anonymous

MOST_REMINDERS, LAST_REMINDER = 5, 60
STAFF = (Role.CURATOR, Role.ADMINISTRATOR, Role.PSYCHOLOGIST, Role.CLASS_TEACHER)
NAMED, ANONYMOUS = "named", "anonymous"
FOR_EMPLOYEES = "_staff"
"""So ends the key of a standard questionnaire for the teacher model as a whole."""
OF_MENTORS = {EnrolmentState.INTERVIEWED, EnrolmentState.READY}


class CampaignForm(PlainForm, forms.Form):
    """Everything about a campaign in preparation; of an open one its name, last day and reminders."""

    title = forms.CharField(label=_("Name of the survey"), max_length=200)
    names = forms.ChoiceField(
        label=_("With names or without"),
        choices=(
            (NAMED, _("With names: the curator and the psychologist read who answered what")),
            (ANONYMOUS, _("Anonymous: it is seen who has answered, and not what")),
        ),
        initial=NAMED,
        widget=forms.RadioSelect,
        help_text=_(
            "Anonymous answers are sent in one go and shown in mixed groups of five or more; nobody can tell whose they "
            "are, and nothing of them goes into the register. With fewer than five answers only their number is shown."
        ),
    )
    wave = forms.ChoiceField(
        label=_("Which measurement it is"),
        choices=Wave.choices,
        required=False,
        help_text=_("Answers before and after are compared with each other."),
    )
    forms_ = forms.MultipleChoiceField(
        label=_("Of which forms of mentoring"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: of every form."),
    )
    classes = forms.MultipleChoiceField(
        label=_("Of which classes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: of every class."),
    )
    states = forms.MultipleChoiceField(
        label=_("In which standing"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one standing, else nobody is asked.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("Whom of the staff"),
        choices=[(role.value, role.label) for role in STAFF],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick whom of the staff you ask.")},
    )
    window = forms.ModelChoiceField(
        label=_("The days are those of an activity of the roadmap"),
        queryset=Window.objects.none(),
        required=False,
        empty_label=_("no, they are its own"),
        help_text=_("When the activity is moved, the survey moves with it."),
    )
    opens_on = forms.DateField(label=_("First day"), required=False, widget=DayInput())
    closes_on = forms.DateField(label=_("Last day for answers"), required=False, widget=DayInput())
    remind_after = forms.CharField(
        label=_("After how many days those who have not answered are reminded"),
        required=False,
        max_length=60,
        help_text=_("With commas: 3, 6. Empty: no reminders. Letters go out between 9:00 and 20:00."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        cycle: Cycle,
        version: QuestionnaireVersion,
        campaign: Campaign | None = None,
        window: Window | None = None,
    ) -> None:
        initial = _initial_of(campaign) if campaign else _initial_of_new(version, window)
        super().__init__(data, initial=initial)
        self.version, self.campaign = version, campaign
        is_open = campaign is not None and campaign.state == CampaignState.OPEN
        self.fields["closes_on"].required = is_open
        for name in _needless(version, is_open=is_open):
            del self.fields[name]
        self._offer(cycle)

    def _offer(self, cycle: Cycle) -> None:
        """Only what there is in this school: no empty list of boxes."""
        school = cycle.programme.school
        if "forms_" in self.fields:
            used = MentoringForm.objects.filter(school=school, is_used=True)
            self.fields["forms_"].choices = [(str(row.pk), row.name) for row in used]  # type: ignore[attr-defined]
        if "states" in self.fields:
            self.fields["states"].choices = _standings(self.version)  # type: ignore[attr-defined]
        if "classes" in self.fields:
            self.fields["classes"].choices = [(name, name) for name in classes_of(school)]  # type: ignore[attr-defined]
        if "window" in self.fields:
            rows = Window.objects.filter(cycle=cycle, starts_on__isnull=False).select_related("activity")
            field: Any = self.fields["window"]
            field.queryset = rows.order_by("starts_on", "pk")
            field.label_from_instance = _words_of

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        order = ("title", "names", "wave", "forms_", "classes", "roles", "states", "window")
        shown = [name for name in order if name in self.fields]
        days = [name for name in ("opens_on", "closes_on") if name in self.fields]
        helper.layout = Layout(*shown, Div(*days, css_class="form-two"), "remind_after")
        return helper

    def clean_remind_after(self) -> tuple[int, ...]:
        text = self.cleaned_data["remind_after"]
        words = re.findall(r"\d+", text)
        days = sorted(int(word) for word in words if len(word) < 4)
        is_odd = bool(re.search(r"[^\d\s,;.]", text)) or len(days) != len(words)
        if is_odd or len(set(days)) != len(days) or len(days) > MOST_REMINDERS:
            raise forms.ValidationError(
                gettext("Write at most %(most)s different days with commas, for example: 3, 6.")
                % {"most": MOST_REMINDERS}
            )
        if days and not (days[0] >= 1 and days[-1] <= LAST_REMINDER):
            raise forms.ValidationError(gettext("Each day is from 1 to %(last)s.") % {"last": LAST_REMINDER})
        return tuple(days)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("names") == ANONYMOUS:
            try:
                refuse_anonymous(self.version, given.get("wave", ""))
            except DomainError as refusal:
                self.add_error("names", str(refusal))
        if not given.get("window"):
            self._clean_days(given)
        return given

    def _clean_days(self, given: dict[str, Any]) -> None:
        for name in ("opens_on", "closes_on"):
            if name in self.fields and not given.get(name) and name not in self.errors:
                self.add_error(name, gettext("Name the day, or choose an activity whose days are taken."))
        opens, closes = given.get("opens_on"), given.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", gettext("The last day is not before the first."))

    @property
    def plan(self) -> Plan:
        """What was settled, after a valid form."""
        given, now = self.cleaned_data, self.campaign
        window = given["window"] if "window" in self.fields else None
        opens, closes = days_of(window) or (given.get("opens_on"), given["closes_on"])
        if opens is None:
            assert now is not None  # only an open campaign is changed without its first day
            opens = now.opens_on
        return Plan(
            title=given["title"],
            wave=given.get("wave", ""),
            is_anonymous=given.get("names") == ANONYMOUS,
            audience=self._audience(),
            opens_on=opens,
            closes_on=closes,
            window=window,
            remind_after=given["remind_after"],
        )

    def _audience(self) -> dict[str, Any]:
        given = self.cleaned_data
        of_form = [self.version.questionnaire.form_id] if self.version.questionnaire.form_id else []
        return {
            "forms": [int(key) for key in given.get("forms_", [])] or of_form,
            "classes": given.get("classes", []),
            "states": given.get("states", []),
            "roles": given.get("roles", []),
        }


class LastDayForm(PlainForm, forms.Form):
    """Until when a survey that is opened again takes answers."""

    closes_on = forms.DateField(label=_("New last day for answers"), widget=DayInput())


class CycleForm(PlainForm, forms.Form):
    """The year into which a survey is copied."""

    cycle = forms.ChoiceField(label=_("School year"))

    def __init__(self, data: Mapping[str, Any] | None, *, cycles: Mapping[int, str]) -> None:
        super().__init__(data)
        self.fields["cycle"].choices = [(str(key), label) for key, label in cycles.items()]  # type: ignore[attr-defined]


class CodeForm(PlainForm, forms.Form):
    """The one-time code of a pupil."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class": "form-control code"}
        ),
        help_text=_("Six letters and digits from your slip."),
    )


def _needless(version: QuestionnaireVersion, *, is_open: bool) -> list[str]:
    """The fields that this questionnaire, or a campaign that is open, has no use for."""
    if is_open:
        return ["names", "wave", "forms_", "classes", "states", "roles", "window", "opens_on"]
    if version.questionnaire.answerer == Answerer.STAFF:
        return ["wave", "forms_", "classes", "states"]
    return ["roles", "forms_"] if version.questionnaire.form_id else ["roles"]


def _initial_of(campaign: Campaign) -> dict[str, Any]:
    named = campaign.audience
    return {
        "title": campaign.title,
        "names": ANONYMOUS if campaign.is_anonymous else NAMED,
        "wave": campaign.wave,
        "forms_": [str(key) for key in named.get("forms", [])],
        "classes": named.get("classes", []),
        "states": named.get("states", []),
        "roles": named.get("roles", []),
        "window": campaign.window_id,
        "opens_on": campaign.opens_on,
        "closes_on": campaign.closes_on,
        "remind_after": ", ".join(str(day) for day in campaign.remind_after),
    }


def _initial_of_new(version: QuestionnaireVersion, window: Window | None) -> dict[str, Any]:
    kind = version.questionnaire.kind
    return {
        "title": version.questionnaire.title,
        "wave": kind if kind in {Wave.ENTRY, Wave.EXIT} else Wave.NONE,
        "forms_": _forms_of(version),
        "states": [state.value for state in TAKING_PART],
        "roles": [Role.CURATOR.value],
        "window": window.pk if window else None,
        "remind_after": "3, 6",
    }


def _forms_of(version: QuestionnaireVersion) -> list[str]:
    """The forms that a standard questionnaire for employees is worded for; of another nothing is ticked."""
    if not version.questionnaire.key.endswith(FOR_EMPLOYEES):
        return []
    rows = MentoringForm.objects.filter(school=version.questionnaire.school_id, model=FormModel.TEACHER, is_used=True)
    return [str(key) for key in rows.values_list("pk", flat=True)]


def _standings(version: QuestionnaireVersion) -> list[tuple[str, str]]:
    """A mentee knows neither interview nor training; whoever was not admitted is never asked."""
    is_of_mentees = version.questionnaire.answerer == Answerer.MENTEE
    without = {EnrolmentState.REFUSED} | (OF_MENTORS if is_of_mentees else set())
    return [(state.value, str(state.label)) for state in EnrolmentState if state not in without]


def _words_of(window: Window) -> str:
    """«14 сентября 2026 – 20 сентября 2026: Анкетирование наставляемых»."""
    assert window.starts_on is not None  # only dated ones are offered
    assert window.ends_on is not None
    text = " ".join(window.activity.text.split())
    return f"{long_date(window.starts_on)} – {long_date(window.ends_on)}: {text[:80]}"
