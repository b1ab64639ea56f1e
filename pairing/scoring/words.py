"""Russian words brought to their roots, so that «подготовка к олимпиаде по химии» meets «олимпиадная химия»."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

_WORD = re.compile(r"[^\W\d_]{2,}")

SMALL_WORDS = """
    а без более больше бы был была были было быть в вам вас ваш вести вместе во вот все всего всем всех вы где да для до его
    ее если есть еще же за здесь и из или им их к как какой когда кто ли либо между меня мне много может можно мой моя
    мои мы на над надо нам нас наш не него нее нет ни но ну о об обо он она они оно от очень перед по под при про раз
    с сам сама само свой свои своим своими свою себя себе со так также там то того тоже той только том ты тут у уже
    чем что чтобы это этом эту я
"""
"""Words that tie a sentence together and say nothing of what it is about; ё as е."""

WORN_WORDS = """
    быстрее важно возможность вопрос время выполнение выполнять год готовиться готовить готов дела делать добрый догнать
    домашнее дома другой другие ему занятие заниматься задание знание знать идти иметь интерес интересно интересоваться
    класс классе легко лучше люблю любить любит могу мочь навык научить научиться начать начинать новый нужно нужна
    нужен общий объяснить объяснять опыт освоить основы педагог подготовка подготовить подготовиться подтянуть
    поддержка помогать помогу помощь помочь помогите понимать понять понятно попробовать предмет призер победитель
    участник участие проблема пройти работа работать разобраться разбираться разный ребенок решать решение различный
    самостоятельно сложный сложно сложности смочь справляться справиться стать тема трудный трудно трудности уметь умею
    умение улучшить улучшение урок уроки успевать учащийся учащиеся ученик учеба учебный учить учиться учусь учитель
    хорошо хороший хотеть хочу хочет хотел хотела хотелось часть школа школьный школьник
"""
"""Words that stand in every other request and tell nothing apart."""

OWN_ROOTS = {
    "англ": "англий",
    "вока": "пет",
    "дружб": "друж",
    "друз": "друж",
    "журналист": "журналист",
    "информ": "информат",
    "кинематограф": "кин",
    "код": "программ",
    "кодинг": "программ",
    "констру": "конструктор",
    "литр": "литератур",
    "матем": "математ",
    "обща": "обще",
    "обществ": "обществозн",
    "пен": "пет",
    "прог": "программ",
    "профориентац": "професс",
    "публ": "публич",
    "рисунк": "рис",
    "рисунок": "рис",
    "робототехн": "робот",
    "рус": "русск",
    "самооценк": "увере",
    "спортсмен": "спорт",
    "танец": "танц",
    "физическ": "физическ",
    "физр": "физкультур",
    "фот": "фотограф",
    "фотографир": "фотограф",
    "чтен": "чит",
    "чита": "чит",
}
"""Short forms of the school yard, and words whose roots the endings below would miss or mistake."""

ENDINGS = (
    ("ирова", 4),
    ("ирован", 4),
    ("ическ", 3),
    ("евальн", 4),
    ("альн", 4),
    ("ован", 3),
    ("еств", 4),
    ("ивн", 4),
    ("еск", 4),
    ("ств", 4),
    ("ова", 3),
    ("ева", 4),
    ("ист", 4),
    ("ик", 3),
    ("ск", 4),
    ("ан", 4),
    ("н", 4),
    ("а", 4),
)
"""What makes an adjective, a trade or a verb of a noun, and how many letters are left at least before it."""


class Lexicon:
    """Brings each distinct word to its root once; made for one computation, as the words are people's own."""

    def __init__(self) -> None:
        self._stem = _stemmer().stemWord
        self._roots = dict.fromkeys(SMALL_WORDS.split(), "")

    def roots_of(self, *texts: str) -> frozenset[str]:
        """The roots of the words that tell something."""
        found = (self._root(word) for text in texts for word in words_of(text))
        return frozenset(filter(None, found))

    def _root(self, word: str) -> str:
        if word not in self._roots:
            stem = self._stem(word)
            self._roots[word] = "" if stem in _worn_stems() else root_of(stem)
        return self._roots[word]


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters, with ё as е."""
    return _WORD.findall(text.casefold().replace("ё", "е"))


def root_of(stem: str) -> str:
    """The root of a stem as snowball leaves it."""
    if stem in OWN_ROOTS:
        return OWN_ROOTS[stem]
    for ending, least in ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= least:
            root = stem.removesuffix(ending)
            return OWN_ROOTS.get(root, root)
    return stem


def _stemmer() -> Any:
    return import_module("snowballstemmer").stemmer("russian")


@cache
def _worn_stems() -> frozenset[str]:
    return frozenset(map(_stemmer().stemWord, WORN_WORDS.split()))
