"""What a text of a consent may not lack: each item of the law that the school words itself, and whether it is there.

152-FZ art. 9 (4) items 4 to 8, order № 18 of Roskomnadzor of 24.02.2021 for a publication, Labour Code art. 351.8 for the
work of an employee. What the form prints by itself (names, requisites, blanks, the last day, the signature) cannot be
lost here. The words are looked for by their stems, and some that undo an item are known; a sentence that takes an item
back in other words is not seen: whether the text is true and wise is for the school and its lawyer to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.models import ConsentKind

SHORTEST = 10
"""Letters below which a part says nothing."""
FEWEST_DATA = 3
FEWEST_ACTIONS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the law wants: the part of the text that says it, the words it is known by, and what to write where it is
    missing. `needs` is how many different matches make it present.
    """

    part: str
    name: str | Promise
    sign: str
    missing: str | Promise
    needs: int = 1
    is_wanted: bool = True
    """False where the sign is what must not be there."""
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """One item as a text has it; `missing` is empty where it is there."""

    part: str
    name: str
    missing: str


_ACTIONS = r"\b(сбор|запис|систематиз|накопл|хранен|уточн|обновл|измен|извлеч|использов|передач|обезлич|блокиров|удален|уничтож)"
_PURPOSE = Item("purpose_text", _("what for"), r"\w{3,}", _("Say what the data are processed for."), needs=3)
_OWN_PURPOSE = Item(
    "purpose_text",
    _("one purpose alone"),
    r"\b(публик|распростран|опублик|сайт|соц\w*\W?сет|социальн\w* сет|интернет|вконтакте|фото|видео|стенд)",
    _("Take the publication out of this text: it needs a paper of its own, the consent to publication."),
    is_wanted=False,
)
_PROGRAMME = Item(
    "purpose_text",
    _("mentoring as the purpose"),
    r"наставн|ментор|шефств",
    _("Name the mentoring programme as the purpose."),
)
_FOREIGN = Item(
    "purpose_text",
    _("nothing besides mentoring"),
    r"\b(реклам|рассыл|питани|охран|медицин|пропускн|люб\w+ цел|иных цел|ины[ех]\b|и т\W{0,2}[дп]\b)",
    _("Take out every purpose that is not mentoring: each needs a paper of its own."),
    is_wanted=False,
)
_OPEN_END = r"\b(люб[аоы]\w+ (ины[ех] |персональн\w+ )?(данн|сведени|действи)|(и|или|а также) (ин|друг|проч)(ы|и)е\b|и т\W{0,2}[дп]\b|и пр\b|без ограничен)"
_CLOSED_DATA = Item(
    "data_text",
    _("a list of data that ends"),
    _OPEN_END,
    _("Take out «any», «and others», «and so on»: the list names each of the data."),
    is_wanted=False,
)
_NOT_KEPT = Item(
    "data_text",
    _("no data beyond those the program keeps"),
    r"\b(диагноз|здоровь|инвалидн|паспорт|снилс|национальност|вероисповед|религи|судимост|политическ)",
    _(
        "Take health, beliefs and passport details out of the list: the program keeps none, the passport is for the pen."
    ),
    is_wanted=False,
)
_CLOSED_ACTIONS = Item(
    "actions_text",
    _("a list of actions that ends"),
    _OPEN_END,
    _("Take out «any», «and others», «and so on»: the list names each of the actions."),
    is_wanted=False,
)
_DATA = Item(
    "data_text",
    _("the list of the data"),
    r"[^,;\n]*\w{2,}[^,;\n]*",
    _("List the data, with commas between them: surname, given name, birth date and so on."),
    needs=FEWEST_DATA,
)
_BOTH = (
    Item(
        "data_text",
        _("the data of the child"),
        r"\bреб[её]н|\bнесовершеннолетн|\bобучающ|\bучени[кц]|\bучащ|\bподопечн|\bсын|\bдочер",
        _("Say which data are the child's."),
    ),
    Item(
        "data_text",
        _("the data of the guardian"),
        r"\bпредставител|\bродител|\bопекун|\bпопечител|\bусыновител|\bмат(ь|ер)|\bотец|\bотц",
        _("Say which data are the legal representative's own: name, phone, e-mail."),
    ),
)
_PROCESSOR = Item(
    "processor_text",
    _("name and address of whoever processes for the school"),
    r"\d|\b(г|ул|пос|обл|край|респ|просп|пер)\b",
    _("Name the address of whoever processes the data for the school too, or leave this part empty."),
    may_be_empty=True,
)
_WAYS = (
    Item(
        "actions_text",
        _("the list of actions"),
        _ACTIONS,
        _("List what is done with the data: collecting, recording, keeping, using, deleting and so on."),
        needs=FEWEST_ACTIONS,
    ),
    Item(
        "actions_text",
        _("the way of processing"),
        r"автоматизац|автоматизирован|на бумаг|смешанн|вручную",
        _("Say how the data are processed: on paper, by a program, or both."),
    ),
)
_TERM = Item("term_text", _("the term"), r"\w{3,}", _("Say until when the consent holds."), needs=3)
_TERM_HAS_END = Item(
    "term_text",
    _("a term that ends"),
    r"бессрочн|неограниченн\w* срок|без ограничения срок|до момента отзыва|до отзыва|неопредел[её]нн\w* срок|постоянно"
    r"|пожизненн|всю жизнь|сколько (потребует|нужно|необходимо|угодно)|пока (оно |согласие )?не (будет )?отозван"
    r"|автоматическ\w* (продл|пролонг)|(продл|пролонг)\w* автоматическ",
    _("Take out the words of an endless term: the form prints the last day, and a consent holds until a day."),
    is_wanted=False,
)
_WITHDRAWAL = (
    Item(
        "withdrawal_text",
        _("that it may be withdrawn"),
        r"\bотзыв|\bотозва|\bотзова|\bотказ|\bпрекра[тщ]|\bзабрать",
        _("Say that the consent may be withdrawn."),
    ),
    Item(
        "withdrawal_text",
        _("the way of withdrawal"),
        r"заявлен|письм|на личной странице|по ссылке|электронн|требовани|\bнаписать|\bпода(ть|в|й)",
        _("Say how the consent is withdrawn: by a written application, on the personal page."),
    ),
    Item(
        "withdrawal_text",
        _("a withdrawal that is free"),
        r"\b(не (может|могут|подлежит|вправе)|нельзя|невозможно|запрещ\w+)\b[^.;]{0,30}\b(отозв|отзыв)"
        r"|\b(отозв|отзыв)[^.;]{0,40}\b(не (допуска|принима|рассматрива|может|вправе|подлеж)|нельзя|невозмож|запрещ)"
        r"|\bне ранее|\bвозмеща|\bвозместит|\bштраф|\bнеустой",
        _("Take out what refuses, delays or punishes the withdrawal: it is free on any day."),
        is_wanted=False,
    ),
)
_OF_DATA = (_PURPOSE, _PROGRAMME, _OWN_PURPOSE, _FOREIGN, _DATA, _CLOSED_DATA, _NOT_KEPT)
_OF_WAYS = (_PROCESSOR, *_WAYS, _CLOSED_ACTIONS, _TERM, _TERM_HAS_END, *_WITHDRAWAL)

ITEMS: Mapping[str, tuple[Item, ...]] = {
    ConsentKind.ADULT: (*_OF_DATA, *_OF_WAYS),
    ConsentKind.GUARDIAN: (*_OF_DATA, *_BOTH, *_OF_WAYS),
    ConsentKind.MENTOR: (*_OF_DATA, *_OF_WAYS),
    ConsentKind.DISSEMINATION: (
        _PURPOSE,
        Item(
            "actions_text",
            _("the conditions of passing on"),
            r"\bпереда",
            _("Say whether the school may pass the data on, and on which conditions."),
        ),
        Item(
            "actions_text",
            _("bounds to the passing on"),
            r"\bсвободно|\bбез ограничен|\bкому угодно|\bлюб(ым|ому|ой)\b",
            _("Take out the words that let the data go to anybody: each condition is set by the person."),
            is_wanted=False,
        ),
        _TERM,
        _TERM_HAS_END,
        *_WITHDRAWAL,
    ),
    ConsentKind.LABOUR: (
        Item("purpose_text", _("what the work is"), r"\w{3,}", _("Say what the work of a mentor is."), needs=3),
        Item("actions_text", _("the form of the work"), r"\bформ|\bвстреч", _("Say in what form the work is done.")),
        Item(
            "actions_text",
            _("the pay"),
            r"\bоплат|\bоплач|\bдоплат|\bвыплат|\bвознагражд",
            _("Say how the mentoring is paid, or where that is settled."),
        ),
        _TERM,
        Item(
            "withdrawal_text",
            _("how either side ends it early"),
            r"\bотказ|\bотмен",
            _("Say that the employee may refuse early and the employer may end the work early."),
        ),
        Item(
            "withdrawal_text",
            _("a refusal that is free"),
            r"\b(не (может|вправе)|нельзя|запрещ\w+)\b[^.;]{0,30}\bотказ",
            _(
                "Take out the words that forbid the refusal: the employee may refuse early (Labour Code, article 351.8)."
            ),
            is_wanted=False,
        ),
        Item(
            "withdrawal_text",
            _("three working days of notice"),
            r"\b(за|менее|позднее|раньше)( чем)?( за)? (три|тр[её]х|3)( \(\w+\))? рабочи",
            _("Name the notice: at least three working days (Labour Code, article 351.8)."),
        ),
    ),
}
"""By the value of `ConsentKind`, in the order of the form."""


def check_items(kind: str, parts: Mapping[str, str]) -> list[Checked]:
    """Every item the law wants in the text of this kind, each with what is missing of it."""
    return [
        Checked(item.part, str(item.name), "" if _has(item, parts.get(item.part, "")) else str(item.missing))
        for item in ITEMS[kind]
    ]


def missing_items(kind: str, parts: Mapping[str, str]) -> list[Checked]:
    """Those of `check_items` that the text lacks; a text is used only once there are none."""
    return [checked for checked in check_items(kind, parts) if checked.missing]


def _has(item: Item, text: str) -> bool:
    words = " ".join(text.lower().split()) if item.part != "data_text" else text.lower()
    if not words.strip():
        return item.may_be_empty or not item.is_wanted
    found = {match[0].strip() for match in re.finditer(item.sign, words)} - {""}
    if not item.is_wanted:
        return not found
    return len(found) >= item.needs and len(words.strip()) >= SHORTEST
