"""Whom a personal link lets in, how those with an account find the same pages, and what the curators hear of it."""

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.link_holders import register_link_reader
from core.navigation import register_item
from core.notices import register_notice
from participants.curator_letters import write_conflict, write_withdrawal
from participants.receivers.signing_day import SIGNING, ask_signer
from participants.services.links import holder_of, standing_links
from participants.services.telling import CONSENT_CONTESTED, CONSENT_WITHDRAWN
from roadmap.day import register_waiting


def read_link(key: int) -> Actor | None:
    """The holder of the link with this key, while it stands."""
    link = standing_links().filter(pk=key).select_related("school").first()
    return holder_of(link) if link else None


register_link_reader(read_link)
register_notice(CONSENT_WITHDRAWN, write_withdrawal)
register_notice(CONSENT_CONTESTED, write_conflict)
register_item(_("Consents I sign"), "participants:mine_home", SIGNING, 75)
register_waiting(SIGNING, ask_signer, place=20)
