"""The name of an area of help after «по», and days of the week after «в»."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pairing.scoring.phrases import uncapital

_BETWEEN = re.compile(r"(, | и )")
_PREPOSITIONS = {"в", "для", "к", "на", "о", "перед", "по", "с"}
_ADJECTIVES = (
    (re.compile(r"(?<=[гкх])ий$"), "ому"),
    (re.compile(r"(ий|ее)$"), "ему"),
    (re.compile(r"(ый|ой|ое)$"), "ому"),
    (re.compile(r"(?<=[жшщч])ая$"), "ей"),
    (re.compile(r"ая$"), "ой"),
    (re.compile(r"яя$"), "ей"),
    (re.compile(r"ые$"), "ым"),
    (re.compile(r"(?<=[гкхжшщч])ие$"), "им"),
)
_NOUNS = (
    (re.compile(r"(?<=ост)ь$"), "и"),
    (re.compile(r"(?<=[аеы]н)ия$"), "иям"),
    (re.compile(r"(?<=и)я$"), "и"),
    (re.compile(r"[ая]$"), "е"),
    (re.compile(r"(?<=[иь])е$"), "ю"),
    (re.compile(r"о$"), "у"),
    (re.compile(r"ы$"), "ам"),
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])$"), "у"),
)
_UNCHANGED = re.compile(r"[А-ЯЁ0-9]+|[A-Za-z+#]+|кино|фото|видео|радио")
_DOUBTFUL = re.compile(r"[^а-яё-]|(ок|ек|ёк|ец|ень)$")
MOST_DAYS = 3


def in_area(name: str) -> str:
    """«по математике», «по русскому языку и литературе»; «по направлению «Умение учиться»» where in doubt."""
    *pairs, last = _BETWEEN.split(uncapital(name))
    parts, ties = [*pairs[::2], last], [*pairs[1::2], ""]
    declined = [_dative(part) for part in parts]
    if not all(declined):
        return _("in the area “%(name)s”") % {"name": name}
    subject = "".join(part + tie for part, tie in zip(declined, ties, strict=True))
    return _("in the subject %(subject)s") % {"subject": subject}


def in_areas(names: Sequence[str]) -> str:
    """«по математике или физике», of the first two."""
    return _(" or ").join(in_area(name) for name in names[:2])


def on_days(days: Collection[int]) -> str:
    """«во вторник или в среду»; «в удобные часы» for so many days that nobody would read them."""
    if len(days) > MOST_DAYS:
        return _("at the hours that suit")
    names = (
        pgettext("free when", "on Monday"),
        pgettext("free when", "on Tuesday"),
        pgettext("free when", "on Wednesday"),
        pgettext("free when", "on Thursday"),
        pgettext("free when", "on Friday"),
        pgettext("free when", "on Saturday"),
        pgettext("free when", "on Sunday"),
    )
    said = [names[day - 1] for day in sorted(days)]
    if len(said) < 2:
        return "".join(said)
    return _("%(some)s or %(last)s") % {"some": ", ".join(said[:-1]), "last": said[-1]}


def _dative(part: str) -> str:
    """Adjectives and the noun they belong to in the dative, what hangs on it unchanged; nothing for something else."""
    words = part.split()
    end = next((place for place, word in enumerate(words) if word in _PREPOSITIONS), len(words))
    if not end:
        return ""
    *adjectives, noun = words[:end]
    is_adjective = noun.endswith(("ский", "цкий"))
    found = [*(_adjective(word) for word in adjectives), _adjective(noun) if is_adjective else _noun(noun)]
    return " ".join([*found, *words[end:]]) if all(found) else ""


def _adjective(word: str) -> str:
    return "" if _DOUBTFUL.search(word) else _with_ending(word, _ADJECTIVES)


def _noun(word: str) -> str:
    if _UNCHANGED.fullmatch(word):
        return word
    return "" if _DOUBTFUL.search(word) else _with_ending(word, _NOUNS)


def _with_ending(word: str, endings: Sequence[tuple[re.Pattern[str], str]]) -> str:
    for ending, dative in endings:
        if ending.search(word):
            return ending.sub(dative, word, count=1)
    return ""
