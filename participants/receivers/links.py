"""Whom a personal link lets in, and what its holder finds at home."""

from core.actors import Actor, link_actor
from core.link_holders import register_link_reader
from participants.services.links import standing_links


def read_link(key: int) -> Actor | None:
    """The holder of the link with this key, while it stands."""
    link = standing_links().filter(pk=key).select_related("school").first()
    return link_actor(f"personallink:{link.pk}", link.school) if link else None


register_link_reader(read_link)
