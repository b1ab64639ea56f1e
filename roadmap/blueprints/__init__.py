"""Five roadmaps to begin from, in the official wording, and last year's programme as the beginning of the next.

The templates stand as data in `templates/*.toml`, one file each: made of roadmaps that schools published, with roles
in the place of names and the slips of those papers mended. `shapes` says what a file holds, `shelf` reads the files,
`laying` makes the outline of a school and a first month of one. `again` moves a programme that was on by whole years,
`results` says in words what came of its activities. No database and no request here.
"""

from roadmap.blueprints.laying import lay_out
from roadmap.blueprints.shapes import Template
from roadmap.blueprints.shelf import find_template, templates

__all__ = ["Template", "find_template", "lay_out", "templates"]
