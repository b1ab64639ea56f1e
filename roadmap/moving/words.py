"""The steps in words: why an activity is moved."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy

from roadmap.moving.steps import Step

_NAMES = {
    Step.INFORMING: (
        pgettext_lazy("a step", "telling people of the programme"),
        pgettext_lazy("after a step", "telling people of the programme"),
    ),
    Step.MENTEE_SURVEY: (
        pgettext_lazy("a step", "the survey of the mentees"),
        pgettext_lazy("after a step", "the survey of the mentees"),
    ),
    Step.MENTEE_CONSENTS: (
        pgettext_lazy("a step", "gathering requests and consents"),
        pgettext_lazy("after a step", "gathering requests and consents"),
    ),
    Step.MENTEE_BASE: (
        pgettext_lazy("a step", "the base of mentees"),
        pgettext_lazy("after a step", "the base of mentees"),
    ),
    Step.FORMS: (pgettext_lazy("a step", "the choice of forms"), pgettext_lazy("after a step", "the choice of forms")),
    Step.MENTEES_MEASURED: (
        pgettext_lazy("a step", "the first measurement of the mentees"),
        pgettext_lazy("after a step", "the first measurement of the mentees"),
    ),
    Step.MENTOR_SURVEY: (
        pgettext_lazy("a step", "the survey of the mentors"),
        pgettext_lazy("after a step", "the survey of the mentors"),
    ),
    Step.MENTORS_COMPARED: (
        pgettext_lazy("a step", "the analysis of the mentors' answers"),
        pgettext_lazy("after a step", "the analysis of the mentors' answers"),
    ),
    Step.MENTOR_BASE: (
        pgettext_lazy("a step", "the base of mentors"),
        pgettext_lazy("after a step", "the base of mentors"),
    ),
    Step.MENTORS_MEASURED: (
        pgettext_lazy("a step", "the first measurement of the mentors"),
        pgettext_lazy("after a step", "the first measurement of the mentors"),
    ),
    Step.INTERVIEWS: (
        pgettext_lazy("a step", "interviews with the mentors"),
        pgettext_lazy("after a step", "interviews with the mentors"),
    ),
    Step.TRAINING_PREPARED: (
        pgettext_lazy("a step", "preparing the training"),
        pgettext_lazy("after a step", "preparing the training"),
    ),
    Step.TRAINING: (
        pgettext_lazy("a step", "the training of the mentors"),
        pgettext_lazy("after a step", "the training of the mentors"),
    ),
    Step.GROUP_MEETING: (
        pgettext_lazy("a step", "the group meeting"),
        pgettext_lazy("after a step", "the group meeting"),
    ),
    Step.PREFERENCES: (
        pgettext_lazy("a step", "the survey of preferences"),
        pgettext_lazy("after a step", "the survey of preferences"),
    ),
    Step.PAIRS: (pgettext_lazy("a step", "making the pairs"), pgettext_lazy("after a step", "making the pairs")),
    Step.ORDER: (
        pgettext_lazy("a step", "the order on the pairs"),
        pgettext_lazy("after a step", "the order on the pairs"),
    ),
    Step.FIRST_MEETING: (
        pgettext_lazy("a step", "the first meeting of the pairs"),
        pgettext_lazy("after a step", "the first meeting of the pairs"),
    ),
    Step.TRIAL_MEETING: (
        pgettext_lazy("a step", "the trial meeting of the pairs"),
        pgettext_lazy("after a step", "the trial meeting of the pairs"),
    ),
    Step.PLANNING_MEETING: (
        pgettext_lazy("a step", "the planning meeting of the pairs"),
        pgettext_lazy("after a step", "the planning meeting of the pairs"),
    ),
    Step.MEETINGS: (
        pgettext_lazy("a step", "the regular meetings"),
        pgettext_lazy("after a step", "the regular meetings"),
    ),
    Step.FEEDBACK: (
        pgettext_lazy("a step", "the interim feedback"),
        pgettext_lazy("after a step", "the interim feedback"),
    ),
    Step.FINAL_MEETING: (
        pgettext_lazy("a step", "the final meeting of the pairs"),
        pgettext_lazy("after a step", "the final meeting of the pairs"),
    ),
    Step.GROUP_FINAL: (
        pgettext_lazy("a step", "the final group meeting"),
        pgettext_lazy("after a step", "the final group meeting"),
    ),
    Step.EXIT_SURVEY: (pgettext_lazy("a step", "the final survey"), pgettext_lazy("after a step", "the final survey")),
    Step.INVITATIONS: (pgettext_lazy("a step", "the invitations"), pgettext_lazy("after a step", "the invitations")),
    Step.CEREMONY: (pgettext_lazy("a step", "the ceremony"), pgettext_lazy("after a step", "the ceremony")),
    Step.QUALITY: (
        pgettext_lazy("a step", "monitoring the quality"),
        pgettext_lazy("after a step", "monitoring the quality"),
    ),
    Step.MEASURED_AFTER: (
        pgettext_lazy("a step", "the second measurement"),
        pgettext_lazy("after a step", "the second measurement"),
    ),
    Step.CASES: (pgettext_lazy("a step", "writing the cases"), pgettext_lazy("after a step", "writing the cases")),
    Step.PUBLICATION: (
        pgettext_lazy("a step", "the publication of the results"),
        pgettext_lazy("after a step", "the publication of the results"),
    ),
    Step.BASES_CLOSED: (
        pgettext_lazy("a step", "closing the bases"),
        pgettext_lazy("after a step", "closing the bases"),
    ),
}
"""By step: as the one that follows, and as the one that is followed, which Russian puts in the genitive."""


def reason_words(step: Step, below: Step) -> str:
    """«анкета предпочтений идёт после групповой встречи»"""
    return gettext("%(step)s comes after %(below)s") % {"step": _NAMES[step][0], "below": _NAMES[below][1]}
