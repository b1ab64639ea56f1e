"""Answers read, refused in words, and shown again; one module for each kind of question."""

from surveys.questions.faults import Fault, faults_of
from surveys.questions.given import Around, Given, Raw, Refusal, Refused, name_of
from surveys.questions.reading import (
    KINDS,
    AnswersGiven,
    Reading,
    applies,
    asked_keys,
    raw_answers,
    read_answers,
    read_question,
    score_of,
    show_answer,
)

__all__ = [
    "KINDS",
    "AnswersGiven",
    "Around",
    "Fault",
    "Given",
    "Raw",
    "Reading",
    "Refusal",
    "Refused",
    "applies",
    "asked_keys",
    "faults_of",
    "name_of",
    "raw_answers",
    "read_answers",
    "read_question",
    "score_of",
    "show_answer",
]
