"""What stands in the fields of a page is kept while it is typed, and with every button that leaves the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.views.links import link_dead
from core.access import ActingRequest, Door, allow
from core.errors import DomainError
from surveys.content import Content, Kind
from surveys.drafting import SEEN, Draft, Merged, digest_of, part_of
from surveys.forms.answering import asks_for_people
from surveys.questions import Raw, Refusal, name_of
from surveys.services.arriving import Arrived, arrived, is_thanked
from surveys.services.attaching import attach_file
from surveys.services.drafts import AlreadySent, Kept, TakesNoAnswers, content_of, put_file, save_draft

DROP = "drop-"
Wrong = dict[str, Sequence[Refusal]]


def own_survey(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the one who answers and what he is asked; everyone else is told that the link opens nothing."""

    @wraps(page)
    def found(request: ActingRequest, pk: int, **kwargs: Any) -> HttpResponse:
        here = arrived(request, pk)
        if here is None:
            return redirect("surveys:answer_thanks") if is_thanked(request, pk) else link_dead(request)
        content = content_of(here.respondent)
        if asks_for_people(content) and not here.is_known:
            return redirect("surveys:answer_prove", pk)
        return page(request, here, content, **kwargs)

    return found


def page_of(request: ActingRequest) -> Raw:
    """The fields of a page as they were sent."""
    return {name: request.POST.getlist(name) for name in request.POST}


def keep_page(request: ActingRequest, here: Arrived, content: Content) -> tuple[Kept, Wrong]:
    """Keep what the page has; what of it could not be taken. Raises AlreadySent, TakesNoAnswers."""
    wrong = _keep_files(request, here, content)
    kept = save_draft(respondent=here.respondent, content=content, page=page_of(request))
    for question in kept.merged.too_long:
        text = _("This text is too long to be kept. Make it shorter.")
        wrong[question.key] = [Refusal(name_of(question), text)]
    return kept, wrong


def told_of(merged: Merged) -> list[str]:
    """That another device had said something else, question by question."""
    words = _("“%(question)s”: another answer had come from another device. This one, the later, was kept.")
    return [words % {"question": question.text} for question in merged.overwritten]


@sensitive_post_parameters()
@allow(Door.ANYONE, methods="POST")
@own_survey
def answer_keep(request: ActingRequest, here: Arrived, content: Content) -> HttpResponse:
    """Keep what was just typed; the script of the page goes on by what is answered here."""
    if here.respondent.campaign.is_anonymous:
        return JsonResponse({"text": _("These answers stay on the page until they are sent.")}, status=409)
    try:
        kept, wrong = keep_page(request, here, content)
    except (AlreadySent, TakesNoAnswers) as refusal:
        return JsonResponse({"text": str(refusal)}, status=409)
    refused = [refusal.text for refusals in wrong.values() for refusal in refusals]
    return JsonResponse({"was": _signs(request, content, kept.draft), "told": told_of(kept.merged), "refused": refused})


def _signs(request: ActingRequest, content: Content, draft: Draft) -> dict[str, str]:
    """What the page is to say next time of the questions that came with this sending."""
    shown = (question for question in content.questions() if SEEN + question.key in request.POST)
    return {question.key: digest_of(part_of(draft, question)) for question in shown}


def _keep_files(request: ActingRequest, here: Arrived, content: Content) -> Wrong:
    wrong: Wrong = {}
    for question in content.questions():
        if question.kind is not Kind.FILE:
            continue
        upload = request.FILES.get(name_of(question))
        try:
            if upload:
                attach_file(respondent=here.respondent, question=question, upload=upload, by=here.actor)
            elif DROP + question.key in request.POST:
                put_file(respondent=here.respondent, question=question, file=None, by=here.actor)
        except (AlreadySent, TakesNoAnswers):
            raise
        except DomainError as refusal:
            wrong[question.key] = [Refusal(name_of(question), str(refusal))]
    return wrong
