"""The questionnaires of a school as its list shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q

from core.russian import search_key
from surveys.models import Questionnaire, QuestionnaireVersion, VersionState
from surveys.models.questionnaire import QuestionnaireQuerySet


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty is anything, `form` "0" those for all forms."""

    q: str = ""
    kind: str = ""
    answerer: str = ""
    form: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q.strip() or self.kind or self.answerer or self.form)


def listed(rows: QuestionnaireQuerySet, wanted: Wanted, *, is_used: bool) -> list[Questionnaire]:
    """Those wanted, each with `in_use` (the number of the version in use or None), `has_draft` and `asked` (surveys)."""
    drafts = QuestionnaireVersion.objects.filter(questionnaire=OuterRef("pk"), state=VersionState.DRAFT)
    found = rows.filter(_filters(wanted), is_used=is_used).select_related("form")
    counted = found.annotate(
        in_use=Max("versions__number", filter=Q(versions__state=VersionState.PUBLISHED)),
        has_draft=Exists(drafts),
        asked=Count("versions__campaigns", distinct=True),
    )
    key = search_key(wanted.q)
    return [row for row in counted.order_by("pk") if key in search_key(row.title)]


def _filters(wanted: Wanted) -> Q:
    found = Q()
    if wanted.kind:
        found &= Q(kind=wanted.kind)
    if wanted.answerer:
        found &= Q(answerer=wanted.answerer)
    if wanted.form:
        found &= Q(form=None) if wanted.form == "0" else Q(form=wanted.form)
    return found


def counts_of(rows: QuestionnaireQuerySet) -> Mapping[bool, int]:
    """How many are in use and how many are switched off."""
    return dict(rows.order_by().values_list("is_used").annotate(count=Count("pk")))


def versions_of(questionnaire: Questionnaire) -> Sequence[QuestionnaireVersion]:
    """Its versions, the newest first, each with `asked`, the number of surveys in which it was asked."""
    return list(questionnaire.versions.annotate(asked=Count("campaigns")).order_by("-number"))
