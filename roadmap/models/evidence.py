"""What in the programme proves that an activity was done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceKind(models.TextChoices):
    """The kinds an activity may be tied to; higher apps say what each stands at, see `roadmap.evidence`."""

    SURVEY = "survey", _("a survey")
    MENTEE_CONSENTS = "mentee_consents", _("consents of the mentees")
    MENTOR_CONSENTS = "mentor_consents", _("consents of the mentors")
    MENTEES = "mentees", _("the base of mentees")
    MENTORS = "mentors", _("the base of mentors")
    MEASUREMENT = "measurement", _("a measurement")
    INTERVIEWS = "interviews", _("interviews with the mentors")
    TRAINING = "training", _("training of the mentors")
    GROUP_MEETING = "group_meeting", _("a group meeting")
    PAIRS = "pairs", _("pairs and groups")
    ORDER = "order", _("the order on the pairs")
    FIRST_MEETINGS = "first_meetings", _("first meetings of the pairs")
    TRIAL_MEETINGS = "trial_meetings", _("trial meetings of the pairs")
    PLANNING_MEETINGS = "planning_meetings", _("planning meetings of the pairs")
    MEETINGS = "meetings", _("regular meetings of the pairs")
    FINAL_MEETINGS = "final_meetings", _("final meetings of the pairs")
    EVENT = "event", _("an event")
    PUBLICATION = "publication", _("a publication")
