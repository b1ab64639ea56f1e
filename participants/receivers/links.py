"""Whom a personal link lets in, and what the curators hear of its holder's decisions."""

from core.actors import Actor
from core.link_holders import register_link_reader
from core.notices import register_notice
from participants.services.links import holder_of, standing_links
from participants.services.withdrawal import CONSENT_WITHDRAWN
from participants.withdrawal_letter import write_withdrawal


def read_link(key: int) -> Actor | None:
    """The holder of the link with this key, while it stands."""
    link = standing_links().filter(pk=key).select_related("school").first()
    return holder_of(link) if link else None


register_link_reader(read_link)
register_notice(CONSENT_WITHDRAWN, write_withdrawal)
