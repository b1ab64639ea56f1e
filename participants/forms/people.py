"""A person, those who represent him, and how the list of people is searched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.forms import DayInput, PlainForm, PlainSelect, StandingForm
from core.models import School
from participants.models import Authority, EnrolmentState, PersonKind, Sex, Side
from participants.register.listing import ORDERS, Found
from participants.register.sheet import PersonSheet, faults_of
from participants.services.duplicates import Twin, likely_twins

LATER = ("phone", "subject", "teaching_since", "sex")
NAMES = ("surname", "given_name", "patronymic")


class NamedForm(PlainForm, StandingForm):
    """A name in its three Russian parts."""

    surname = forms.CharField(label=_("Surname"), max_length=100)
    given_name = forms.CharField(label=_("Given name"), max_length=100)
    patronymic = forms.CharField(label=_("Patronymic, if there is one"), max_length=100, required=False)


class PersonForm(NamedForm):
    """A person; `today` is the school's day, `before` what the register has of him.

    What follows the consent is asked for only where it may be kept: `is_cleared`, or it stands there already.
    """

    kind = forms.ChoiceField(label=_("Who this is"), choices=PersonKind.choices)
    birth_date = forms.DateField(
        label=_("Birth date"),
        required=False,
        widget=DayInput(),
        help_text=_("By it the one who signs proves on the page of the consent that the link is theirs."),
    )
    class_name = forms.CharField(
        label=_("Class"), max_length=20, required=False, help_text=_("As in your papers: 7 «Б».")
    )
    post = forms.CharField(label=_("Post or place of work or study"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail address of an adult"),
        required=False,
        help_text=_("The request for the consent goes there. A child is reached through the parents."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    subject = forms.CharField(label=_("Subject taught"), max_length=200, required=False)
    teaching_since = forms.IntegerField(
        label=_("Teaching since the year"), required=False, help_text=_("The years of experience are counted from it.")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("not said")), *Sex.choices], required=False)

    field_order = ("kind", *NAMES, "birth_date", "class_name", "post", "email", *LATER)

    def __init__(
        self, *args: Any, today: date, is_cleared: bool = False, before: PersonSheet | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.is_cleared, self.before = today, is_cleared, before
        for name in LATER:
            if not is_cleared and not getattr(before, name, None):
                del self.fields[name]

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            Div("kind", "birth_date", css_class="form-two"),
            Div(*NAMES, css_class="form-three"),
            Div("class_name", "post", css_class="form-two"),
            Div(*self._asked("email", "phone"), css_class="form-two"),
            Div(*self._asked("subject", "teaching_since", "sex"), css_class="form-three"),
        )
        return helper

    def _asked(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    @property
    def columns(self) -> dict[str, Any]:
        """The person's columns, after a valid form."""
        return {"phone": ""} | {name: self.cleaned_data[name] for name in self.fields if name in PersonForm.base_fields}

    def clean(self) -> dict[str, Any]:
        """What the register may not hold, each fault beside its field."""
        given = super().clean() or {}
        if self.errors:
            return given
        faults = faults_of(
            PersonSheet(**self.columns), today=self.today, is_cleared=self.is_cleared, before=self.before
        )
        if given["kind"] == PersonKind.PUPIL:
            faults |= {
                name: gettext("A pupil needs a birth date and a class.")
                for name in ("birth_date", "class_name")
                if not given[name]
            }
        for name, words in faults.items():
            self.add_error(name, words)
        return given


class NewPersonForm(PersonForm):
    """A new person; one who is like somebody of the register has to be confirmed as another one."""

    is_another = forms.BooleanField(
        label=_("This is another person, add all the same"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        self.twins: list[Twin] = []

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout.fields.insert(0, "is_another")
        return helper

    def refuse_twin(self) -> None:
        """Ask once where the register has someone like this already; after a valid form.

        Not a part of `clean`: a form that is sent twice must not meet the person it has entered.
        """
        if self.cleaned_data["is_another"]:
            return
        columns = {name: self.cleaned_data[name] for name in (*NAMES, "birth_date")}
        place = self.cleaned_data["class_name"] or self.cleaned_data["post"]
        self.twins = likely_twins(school=self.school, **columns, place=place)[:5]
        if self.twins:
            self.fields["is_another"].widget = forms.CheckboxInput()
            raise DomainError(gettext("Perhaps this person is in the register already."))


class GuardianForm(NamedForm):
    """Someone who represents a minor."""

    authority = forms.ChoiceField(label=_("By what right"), choices=[("", _("choose")), *Authority.choices])
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("Without one the link goes on a printed slip.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)

    field_order = (*NAMES, "authority", "email", "phone")

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            Div(*NAMES, css_class="form-three"), Div("authority", "email", "phone", css_class="form-three")
        )
        return helper


class PersonFilterForm(forms.Form):
    """What to find in the list of people; anything else in the address is passed over.

    It has neither errors nor hints, so its template prints the fields themselves.
    """

    q = forms.CharField(
        label=_("Name, class or post contains"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "form-control"}),
    )
    kind = forms.ChoiceField(
        label=_("Who this is"),
        required=False,
        choices=[("", _("everyone")), *PersonKind.choices],
        widget=PlainSelect({"class": "form-select"}),
    )
    class_name = forms.ChoiceField(label=_("Class"), required=False, widget=PlainSelect({"class": "form-select"}))
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", _("either or not said")), *Sex.choices],
        widget=PlainSelect({"class": "form-select"}),
    )
    side = forms.ChoiceField(
        label=_("Takes part this year"),
        required=False,
        choices=[("", _("in any way or not")), *Side.choices, ("none", _("does not take part"))],
        widget=PlainSelect({"class": "form-select"}),
    )
    state = forms.ChoiceField(
        label=_("How far in the year"),
        required=False,
        choices=[("", _("any state of the part")), *EnrolmentState.choices],
        widget=PlainSelect({"class": "form-select"}),
    )
    area = forms.ChoiceField(label=_("Area of help"), required=False, widget=PlainSelect({"class": "form-select"}))
    standing = forms.ChoiceField(
        label=_("Consent"),
        required=False,
        choices=[("", _("any state")), *Found.choices],
        widget=PlainSelect({"class": "form-select"}),
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=tuple(ORDERS.items()), widget=PlainSelect({"class": "form-select"})
    )

    def __init__(
        self, *args: Any, classes: Iterable[str] = (), areas: Iterable[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "class_name": [("", gettext("every class")), *((name, name) for name in classes)],
            "area": [("", gettext("every area")), *((str(key), name) for key, name in areas)],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if len(choices) == 1:
                del self.fields[name]
