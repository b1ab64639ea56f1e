"""What is found among the questionnaires, what is said about one, and one that comes as a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm, PlainSelect
from participants.models import MentoringForm
from surveys.models import Answerer, Questionnaire, QuestionnaireKind

SELECT = {"class": "form-select"}
FOR_ALL = "0"


class QuestionnaireFilterForm(forms.Form):
    """Anything else in the address is passed over; its template prints the fields themselves."""

    q = forms.CharField(
        label=_("The title of the questionnaire contains"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "form-control"}),
    )
    kind = forms.ChoiceField(
        label=_("What it is for"),
        required=False,
        choices=[("", _("for anything")), *QuestionnaireKind.choices],
        widget=PlainSelect(SELECT),
    )
    answerer = forms.ChoiceField(
        label=_("Who answers"),
        required=False,
        choices=[("", _("anyone of these")), *Answerer.choices],
        widget=PlainSelect(SELECT),
    )
    form = forms.ChoiceField(label=_("Form of mentoring"), required=False, widget=PlainSelect(SELECT))

    def __init__(self, *args: Any, offered: Iterable[MentoringForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [  # type: ignore[attr-defined]
            ("", _("every form")),
            (FOR_ALL, _("worded for all forms")),
            *((str(row.pk), row.name) for row in offered),
        ]


class QuestionnaireForm(PlainForm, forms.Form):
    """What is said about a questionnaire; a new one is neither verified nor switched off."""

    title = forms.CharField(
        label=_("Title of the questionnaire"),
        max_length=200,
        help_text=_("Those who answer do not see it: a survey has a name of its own."),
    )
    kind = forms.ChoiceField(label=_("What it is for"), choices=QuestionnaireKind.choices)
    answerer = forms.ChoiceField(label=_("Who answers"), choices=Answerer.choices)
    form = forms.ModelChoiceField(
        MentoringForm.objects.none(),
        label=_("Form of mentoring"),
        required=False,
        empty_label=_("worded for all forms"),
    )
    source = forms.CharField(label=_("Source of the wording"), max_length=300, required=False)
    is_verified = forms.BooleanField(label=_("The wording was compared with the source word for word"), required=False)
    is_used = forms.BooleanField(
        label=_("The school uses this questionnaire"),
        required=False,
        help_text=_("One that is switched off is offered for no survey; what was answered stays."),
    )

    def __init__(self, *args: Any, offered: Any, row: Questionnaire | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].queryset = offered  # type: ignore[attr-defined]
        self.is_new = row is None
        if self.is_new:
            for name in ("source", "is_verified", "is_used"):
                del self.fields[name]

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        rest = [] if self.is_new else ["source", "is_verified", "is_used"]
        helper.layout = Layout("title", Div("kind", "answerer", css_class="form-two"), "form", *rest)
        return helper


class BringForm(PlainForm, forms.Form):
    """A file of a questionnaire."""

    file = forms.FileField(
        label=_("File of a questionnaire"),
        help_text=_("A file that was saved from the page of a questionnaire, its name ends with .json."),
        widget=forms.FileInput({"accept": ".json,application/json"}),
    )
