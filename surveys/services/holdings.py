"""What surveys hold on a person, told to himself."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from participants.holding import Fate, Held, Line, columns_of, line
from participants.models import Person
from surveys.content import content_from_json
from surveys.models import Answer, Measurement, Respondent, Response
from surveys.questions import Around, show_answer
from surveys.services.answers import given_of


def read_surveys(person: Person) -> Iterator[Held]:
    """Where he was asked, and what he answered under his name."""
    asked = Respondent.objects.filter(enrolment__person=person).select_related("campaign")
    yield Held(_("Surveys in which he was asked"), tuple(_asked(row) for row in asked))
    responses = Response.objects.filter(respondent__enrolment__person=person)
    rows = responses.select_related("campaign__version").prefetch_related("answers__file", "answers__chosen__person")
    yield Held(_("Answers to surveys"), tuple(told for row in rows for told in _answers(row)))
    chosen = Answer.objects.filter(chosen__person=person).select_related("response__campaign")
    yield Held(
        _("Surveys in which others chose him"),
        tuple(
            line((_("Which survey"), row.response.campaign.title), (_("In which place"), row.number)) for row in chosen
        ),
    )


def read_figures(person: Person) -> Iterator[Held]:
    """His figures before and after."""
    rows = Measurement.objects.filter(enrolment__person=person).select_related("parameter")
    yield Held(
        _("Figures before and after"),
        tuple(
            line(
                (_("What was measured"), row.parameter.name),
                *columns_of(row, ("wave", "value", "measured_on", "source")),
            )
            for row in rows
        ),
        Fate.GOES,
    )


def _asked(row: Respondent) -> Line:
    return line(
        (_("Which survey"), row.campaign.title),
        (_("Was asked on"), row.asked_at.date() if row.asked_at else None),
        (_("Has answered"), row.has_answered),
        (_("Is asked no longer since"), row.stopped_at.date() if row.stopped_at else None),
    )


def _answers(row: Response) -> Iterator[Line]:
    if not row.is_sent:
        typed = [text for name, texts in sorted(row.draft.items()) if name.startswith("q") for text in texts_of(texts)]
        yield line((_("Which survey"), row.campaign.title), (_("Typed and not sent yet"), "; ".join(typed)))
        return
    content = content_from_json(row.campaign.version.content)
    given = given_of(row.answers.all())
    for question in content.questions():
        words = show_answer(question, given.get(question.key, []), _around(row, question.side))
        yield line((_("Which survey"), row.campaign.title), (question.text, "; ".join(words)))


def texts_of(texts: object) -> list[str]:
    """What stands under one name of a draft."""
    return [str(text) for text in texts] if isinstance(texts, list) else [str(texts)]


def _around(row: Response, side: str) -> Around:
    answers = list(row.answers.all())
    people = {answer.chosen_id: answer.chosen.person.short_name for answer in answers if answer.chosen}
    files = {answer.file_id: answer.file.name for answer in answers if answer.file}
    return Around({side: {key: name for key, name in people.items() if key}}, {k: n for k, n in files.items() if k})
