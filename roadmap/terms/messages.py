"""What is said to the curator about a term: a stable code and a sentence for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_noop

from roadmap.terms.shapes import TermWarning

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "unknown_term": gettext_noop("The term “%(quote)s” was not understood. Set the dates by hand."),
    "too_long": gettext_noop("The text is too long for a term. Set the dates by hand."),
    "partly_read": gettext_noop("The words “%(quote)s” in the term were not understood. Check its dates."),
    "no_year": gettext_noop("No year is given for “%(quote)s”. Set the dates by hand."),
    "no_period": gettext_noop("“%(quote)s” needs the period of the plan, and it is not known. Set the dates by hand."),
    "no_date": gettext_noop("“%(quote)s” names no day. Until the dates are set, nobody will be reminded."),
    "no_calendar": gettext_noop(
        "“%(quote)s” is a school term, and the school's calendar is not known. Set the dates by hand."
    ),
    "no_term_in_calendar": gettext_noop(
        "The school's calendar does not have “%(quote)s” in every year of the plan. Set the missing dates by hand."
    ),
    "named_day": gettext_noop("Holidays have no days by their name alone: “%(quote)s”. Set the dates by hand."),
    "after_event": gettext_noop(
        "“%(quote)s” hangs on another event, whose day is not written here. Set the dates by hand."
    ),
    "no_month": gettext_noop("“%(quote)s” does not say of which month. Set the dates by hand."),
    "misspelt": gettext_noop("“%(quote)s” was read as “%(read)s”. Correct the word or the dates."),
    "bad_date": gettext_noop("There is no such date: “%(quote)s”. Set the dates by hand."),
    "end_before_start": gettext_noop("The end comes before the beginning in “%(quote)s”. Set the dates by hand."),
    "outside_period": gettext_noop("Outside the period of the plan (%(period)s): %(read)s. Check the year."),
    "strange_year": gettext_noop("The year in “%(quote)s” looks like a slip of the pen. Check it."),
    "crosses_year": gettext_noop("“%(quote)s” crosses the new year, but one year is given. Read as: %(read)s."),
    "year_guessed": gettext_noop("The year of “%(quote)s” was guessed. Read as: %(read)s."),
    "school_half_year": gettext_noop("The half-year in “%(quote)s” was taken for a school one. Read as: %(read)s."),
    "unclear_deadline": gettext_noop("“%(quote)s” does not say which day is the last. Read as: %(read)s."),
    "open_end": gettext_noop("“%(quote)s” has no end. Set the last day by hand."),
}


def warn(code: str, quote: str, **words: str) -> TermWarning:
    """The warning with its sentence in the language in use."""
    return TermWarning(code, quote, gettext(SENTENCES[code]) % {"quote": quote, **words})
