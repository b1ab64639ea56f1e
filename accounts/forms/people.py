"""People: inviting, adding, accepting, naming oneself."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.passwords import check_secret, is_code_enough
from accounts.services.invitations import Invitee
from core.forms import PlainForm
from core.models import Role, User

NAMES = ("surname", "given_name", "patronymic")


class NamesForm(PlainForm, forms.Form):
    """A person's name in its three Russian parts."""

    surname = forms.CharField(label=_("Surname"), max_length=100)
    given_name = forms.CharField(label=_("Given name"), max_length=100)
    patronymic = forms.CharField(label=_("Patronymic, if there is one"), max_length=100, required=False)

    @property
    def names(self) -> dict[str, str]:
        """The columns of a user's name, after a valid form."""
        return {name: self.cleaned_data[name] for name in NAMES}


class PersonForm(NamesForm):
    """A person and his role in the school, without an address."""

    role = forms.ChoiceField(label=_("Role in the school"), choices=Role.choices)
    post = forms.CharField(
        label=_("Post or class"),
        max_length=200,
        required=False,
        help_text=_("For example: teacher of physics, or 10 A."),
    )

    field_order = ("role", *NAMES, "post")

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(*(name for name in self.fields if name not in {*NAMES, "role", "post"}))
        helper.layout.fields += [Div(*NAMES, css_class="form-three"), Div("role", "post", css_class="form-two")]
        return helper


class InviteForm(PersonForm):
    """A person who has an address."""

    email = forms.EmailField(label=_("E-mail address"))

    @property
    def invitee(self) -> Invitee:
        """Whom to invite, after a valid form."""
        given = self.cleaned_data
        return Invitee(
            role=Role(given["role"]),
            email=given["email"],
            surname=given["surname"],
            given_name=given["given_name"],
            patronymic=given["patronymic"],
            post=given["post"],
        )


class FirstPersonForm(NamesForm):
    """The first curator or administrator of a new school."""

    email = forms.EmailField(label=_("E-mail address"))
    post = forms.CharField(label=_("Post"), max_length=200, required=False)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div(*NAMES, css_class="form-three"), Div("email", "post", css_class="form-two"))
        return helper

    def invitee(self, role: Role) -> Invitee:
        """Whom to invite as `role`, after a valid form."""
        return Invitee(role=role, **{name: self.cleaned_data[name] for name in (*NAMES, "email", "post")})


class SecretForm(PlainForm, forms.Form):
    """A password, or a short code where that is enough; typed once, and shown on demand by the browser.

    `user` may be unsaved; `roles` are all the person will act in.
    """

    secret = forms.CharField(label=_("New password"), strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, user: User, roles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.roles = user, roles
        field = self.fields["secret"]
        field.widget.attrs = {"autocomplete": "new-password"}
        if is_code_enough(roles):
            field.label = _("Your own code")
            field.help_text = _("At least 6 letters or digits. Remember it: you will log in with it.")
        else:
            field.help_text = _("At least 10 characters. A few unrelated words are good.")

    def clean_secret(self) -> str:
        secret: str = self.cleaned_data["secret"]
        if secret:
            check_secret(secret, user=self.user, roles=self.roles)
        return secret


class AcceptForm(NamesForm, SecretForm):
    """A new person's own name, and a password if he wants one."""

    field_order = (*NAMES, "secret")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["secret"]
        field.required = False
        field.label = _("Password, if you want one")
        field.help_text = format_lazy(
            "{} {}", _("You can leave it empty: then a code comes by e-mail each time."), field.help_text
        )


class KeeperForm(NamesForm, SecretForm):
    """The installation's administrator, who starts it."""

    email = forms.EmailField(label=_("E-mail address"))
    field_order = (*NAMES, "email", "secret")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=User(), roles=(), **kwargs)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div(*NAMES, css_class="form-three"), Div("email", "secret", css_class="form-two"))
        return helper


class ChangeSecretForm(SecretForm):
    """A new password; the old one is asked for unless the person has just come in by a code."""

    old = forms.CharField(label=_("Present password"), strip=False, widget=forms.PasswordInput)
    field_order = ("old", "secret")

    def __init__(self, *args: Any, ask_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old"].widget.attrs = {"autocomplete": "current-password"}
        if not ask_old:
            del self.fields["old"]

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError(_("This is not your present password."))
        return old


class AddressForm(PlainForm, forms.Form):
    """A new e-mail address, to be proven by a code."""

    email = forms.EmailField(label=_("New e-mail address"))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class AddressCodeForm(PlainForm, forms.Form):
    """The code sent to the new address."""

    code = forms.CharField(label=_("Code from the letter"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "code-field",
        }


class MemberFilterForm(forms.Form):
    """What to find in the list of people; anything else in the address is passed over.

    It has neither errors nor hints, so its template prints the fields themselves.
    """

    SORTS = {"name": _("by name"), "role": _("by role"), "new": _("newest first")}

    q = forms.CharField(
        label=_("Name contains"), required=False, max_length=100, widget=forms.TextInput({"class": "form-control"})
    )
    role = forms.ChoiceField(
        label=_("Role in the school"),
        required=False,
        choices=[("", _("all roles")), *Role.choices],
        widget=forms.Select({"class": "form-select"}),
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=tuple(SORTS.items()), widget=forms.Select({"class": "form-select"})
    )
