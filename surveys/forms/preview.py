"""A questionnaire as those who answer see it, with nothing answered and nobody real to choose."""

from __future__ import annotations

from django.utils.translation import gettext as _

from surveys.content import Content, Section
from surveys.forms.asked import Asked, condition_words
from surveys.questions import Around


def preview_of(content: Content) -> list[tuple[Section, list[Asked]]]:
    """All sections with all their questions, those too that are asked after certain answers only."""
    numbers = content.numbers()
    around = Around(
        people={side: {n: _("Name %(n)s") % {"n": n} for n in (1, 2, 3, 4)} for side in ("mentee", "mentor")}
    )
    return [
        (
            section,
            [
                Asked(one, numbers[one.key], {}, around, (), condition_words(content, one, numbers))
                for one in section.questions
            ],
        )
        for section in content.sections
    ]
