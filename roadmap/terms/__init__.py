"""The term grammar of a roadmap: pure text in, windows of days out.

A term passes four rooms: `tokens` cuts the text into words and numbers by the forms of `vocabulary`;
`grammar` (with `dates`, `years` and `rates`) finds what is said about time and knows no calendar;
`placing` sets that into years, those written or those of the plan's period; `meaning` puts the answer
together. `spelling` knows a month by one wrong letter. `cells` cuts a cell of several terms apart, `rendering` goes the other way, `messages` holds
what is said to the curator. A new way of writing is a new form in `vocabulary` or a new rule in `dates`.
"""

from roadmap.terms.cells import split_terms
from roadmap.terms.meaning import read_term
from roadmap.terms.placing import belongs
from roadmap.terms.rendering import render_windows
from roadmap.terms.shapes import KINDS, Calendar, Term, TermWarning, Window

__all__ = [
    "KINDS",
    "Calendar",
    "Term",
    "TermWarning",
    "Window",
    "belongs",
    "read_term",
    "render_windows",
    "split_terms",
]
