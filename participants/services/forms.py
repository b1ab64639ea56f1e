"""Forms of mentoring and role models of a school."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from participants.models import Enrolment, MentoringForm, RoleModel
from participants.register.standard import STANDARD_FORMS, StandardForm


def give_standard_forms(school: School, by: Actor) -> int:
    """Give the school the standard forms and role models it lacks, by their names; how many forms were lacking.

    What the school has is left as it is.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        missing = lacking_forms(school)
        last = MentoringForm.objects.filter(school=school).aggregate(last=Max("place"))["last"] or 0
        for place, standard in enumerate(missing, start=last + 1):
            _write_standard(school, standard, place)
        if missing:
            record_event(verb="give_forms", school=school, detail={"count": len(missing)}, by=by)
    return len(missing)


def lacking_forms(school: School) -> list[StandardForm]:
    """The standard forms that the school has under no name of its own list."""
    names = set(MentoringForm.objects.filter(school=school).values_list("name", flat=True))
    return [standard for standard in STANDARD_FORMS if standard.name not in names]


def save_form(
    *,
    school: School,
    form: MentoringForm | None,
    name: str,
    model: str,
    mentor_kind: str,
    mentee_kind: str,
    is_of_employees: bool,
    is_used: bool,
    role_models: Sequence[str],
    by: Actor,
) -> MentoringForm:
    """Write a form, a new one for None, with its role models in this order.

    Raises DomainError for a name the school has already and for a role model left out that someone has.
    """
    columns = {
        "name": " ".join(name.split()),
        "model": model,
        "mentor_kind": mentor_kind,
        "mentee_kind": mentee_kind,
        "is_of_employees": is_of_employees,
        "is_used": is_used,
    }
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        rows = MentoringForm.objects.filter(school=school)
        namesakes = rows.filter(name=columns["name"])
        if (namesakes.exclude(pk=form.pk) if form else namesakes).exists():
            raise DomainError(_("The school already has a form with this name."))
        if form is None:
            last = rows.aggregate(last=Max("place"))["last"] or 0
            form = MentoringForm(school=school, place=last + 1)
        for column, value in columns.items():
            setattr(form, column, value)
        form.save()
        _write_role_models(form, list(dict.fromkeys(" ".join(line.split()) for line in role_models if line.strip())))
        record_event(verb="save", thing=form, school=school, by=by)
    return form


def _write_standard(school: School, standard: StandardForm, place: int) -> None:
    form = MentoringForm.objects.create(
        school=school,
        place=place,
        name=standard.name,
        model=standard.model,
        mentor_kind=standard.mentor_kind,
        mentee_kind=standard.mentee_kind,
        is_of_employees=standard.is_of_employees,
        source=standard.source,
    )
    RoleModel.objects.bulk_create(
        RoleModel(form=form, place=number, name=name) for number, name in enumerate(standard.role_models, start=1)
    )


def _write_role_models(form: MentoringForm, names: Sequence[str]) -> None:
    """Keep the rows whose name stayed; as many new names as old ones are taken for the old ones mended, in order."""
    old = {row.name: row for row in form.role_models.all()}
    gone = [row for name, row in old.items() if name not in names]
    new = [name for name in names if name not in old]
    if len(gone) == len(new):
        old |= dict(zip(new, gone, strict=True))
    else:
        _remove_role_models(gone)
    for place, name in enumerate(names, start=1):
        row = old.get(name) or RoleModel(form=form)
        row.name, row.place = name, place
        row.save()


def _remove_role_models(rows: Sequence[RoleModel]) -> None:
    for row in rows:
        count = Enrolment.objects.filter(role_model=row).count()
        if count:
            raise DomainError(
                _("The role model «%(name)s» is chosen by people (%(count)s) and can not be left out.")
                % {"name": row.name, "count": count}
            )
        row.delete()
