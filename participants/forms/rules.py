"""What a school settles about its register and its consents."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from participants.models import RegisterRules
from participants.services.rules import LAST_REMINDER, MOST_REMINDERS


class RulesForm(PlainForm, forms.Form):
    """The rules; the days of reminders in one line, with commas."""

    wants_originals = forms.BooleanField(
        label=_("A consent is in force only once its paper original is here"),
        required=False,
        help_text=_("A photo or a scan is a copy. With this rule an accepted copy waits for the paper."),
    )
    remind_after = forms.CharField(
        label=_("Days after the asking on which those who have not answered are reminded"),
        required=False,
        max_length=60,
        help_text=_("With commas: 3, 7, 14. Empty: no reminders. Letters go out between 9:00 and 20:00."),
    )
    expiring_days = forms.IntegerField(
        label=_("How many days before its end a consent counts as ending soon"), min_value=1, max_value=180
    )
    least_age = forms.IntegerField(label=_("Mentees from the age of"), min_value=3, max_value=18)
    kept_years = forms.IntegerField(
        label=_("For how many years signed consents and acts of destruction are kept"), min_value=1, max_value=10
    )

    @classmethod
    def of(cls, rules: RegisterRules, data: object = None) -> RulesForm:
        """The form that shows these rules."""
        initial = {name: getattr(rules, name) for name in cls.base_fields}
        initial["remind_after"] = ", ".join(str(day) for day in rules.remind_after)
        return cls(data, initial=initial)  # type: ignore[arg-type]

    def clean_remind_after(self) -> list[int]:
        """The days, in order."""
        text = self.cleaned_data["remind_after"]
        words = re.findall(r"\d+", text)
        days = sorted(int(word) for word in words if len(word) < 5)
        is_odd = bool(re.search(r"[^\d\s,;.]", text)) or len(days) != len(words)
        if is_odd or len(set(days)) != len(days) or len(days) > MOST_REMINDERS:
            raise forms.ValidationError(
                gettext("Write at most %(most)s different days with commas, for example: 3, 7, 14.")
                % {"most": MOST_REMINDERS}
            )
        if days and not (days[0] >= 1 and days[-1] <= LAST_REMINDER):
            raise forms.ValidationError(gettext("Each day is from 1 to %(last)s.") % {"last": LAST_REMINDER})
        return days
