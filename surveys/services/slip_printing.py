"""Printing the papers of a survey: done by the worker alone, which has the PDF engine loaded."""

from __future__ import annotations

from typing import Any

from accounts.links import full_address
from core.actors import Actor, user_actor
from core.files import store_file
from core.jobs import Progress
from core.models import Job, Membership, StoredFile
from core.pdf import render_pdf
from core.typography import NBSP
from surveys.content import content_from_json
from surveys.models import SURVEY_KEEPERS, Campaign, Respondent
from surveys.papers.sheets import SHEETS_TEMPLATE, SHEETS_TITLE, Answerer, sheets_context
from surveys.papers.slips import (
    CODES_TEMPLATE,
    CODES_TITLE,
    SLIPS_TEMPLATE,
    SLIPS_TITLE,
    ClassCode,
    SurveyHead,
    SurveySlip,
    codes_context,
    slips_context,
)
from surveys.services.doors import CLASS_URL, LINK_URL
from surveys.services.slips import issue_codes, issue_slip_links


def make_slips(job: Job, progress: Progress) -> StoredFile:
    """Fresh links for the respondents of the payload; run again, it makes others and these open nothing.

    The tokens are nowhere but in the sealed file. Raises Membership.DoesNotExist once whoever asked has left.
    """
    campaign, by = _of(job)
    links = issue_slip_links(campaign=campaign, respondents=job.payload["respondents"], by=by)
    slips = [SurveySlip(name_of(row), _class(row), _form(row), full_address(LINK_URL, token)) for row, token in links]
    return _file(SLIPS_TEMPLATE, SLIPS_TITLE, slips_context(head_of(campaign), slips), progress, by)


def make_codes(job: Job, progress: Progress) -> StoredFile:
    """One link for the class of the payload, and a fresh code for each."""
    campaign, by = _of(job)
    class_name = str(job.payload["class"])
    token, found = issue_codes(campaign=campaign, class_name=class_name, by=by)
    codes = [ClassCode(name_of(row), _form(row), code) for row, code in found]
    context = codes_context(head_of(campaign), class_name, full_address(CLASS_URL, token), codes)
    return _file(CODES_TEMPLATE, CODES_TITLE, context, progress, by)


def make_sheets(job: Job, progress: Progress) -> StoredFile:
    """The questionnaire for each respondent of the payload with the square of his own link; a blank one for nobody."""
    campaign, by = _of(job)
    sheets = [Answerer()]
    if keys := job.payload["respondents"]:
        links = issue_slip_links(campaign=campaign, respondents=keys, by=by)
        sheets = [Answerer(name_of(row), _class(row), full_address(LINK_URL, token)) for row, token in links]
    content = content_from_json(campaign.version.content)
    context = sheets_context(head_of(campaign), content, sheets)
    return _file(SHEETS_TEMPLATE, SHEETS_TITLE, context, progress, by)


def head_of(campaign: Campaign) -> SurveyHead:
    """What stands on every paper of the campaign."""
    school = campaign.cycle.programme.school.short_name
    return SurveyHead(school, campaign.title, campaign.closes_on, campaign.is_anonymous)


def name_of(row: Respondent) -> str:
    """«Тимофеев Глеб Андреевич», or the name of the member of the staff."""
    if row.membership:
        return row.membership.user.full_name
    assert row.enrolment is not None  # the constraint "a_respondent_takes_part_or_works_here"
    return row.enrolment.person.full_name


def _class(row: Respondent) -> str:
    return row.enrolment.person.class_name.replace(" ", NBSP) if row.enrolment else ""


def _form(row: Respondent) -> str:
    return row.enrolment.form.name if row.enrolment else ""


def _of(job: Job) -> tuple[Campaign, Actor]:
    memberships = Membership.objects.active().select_related("school", "user").order_by("pk")
    membership = memberships.filter(user=job.user, school=job.school_id, role__in=SURVEY_KEEPERS).earliest("pk")
    by = user_actor(membership.user, [membership])
    rows = Campaign.objects.visible_to(by).select_related("cycle__programme__school", "version__questionnaire")
    return rows.get(pk=job.payload["campaign"]), by


def _file(template: str, title: str, context: dict[str, Any], progress: Progress, by: Actor) -> StoredFile:
    assert by.school is not None  # a member acts
    pdf = render_pdf(template, context, title=title)
    progress(1, 1)
    return store_file(
        school=by.school, purpose="slips", name=f"{title}.pdf", content_type="application/pdf", data=pdf, by=by
    )
