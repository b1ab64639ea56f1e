"""What a curator is glad to be told of a plan: what stands outside its time, out of order, twice or not at all.

`shapes` holds the plan as plain values and what is found in it, `mends` what could be done about it. Each of the
others looks for faults of one sort: `numbers`, `years`, `order`, `names`, `missing`, `holders`; `likeness` tells which
of the standard activities a text speaks of. `check_plan` asks them all, `check_document` those that need nothing but
the document. Plain values in and out; a text is never changed here.
"""

from roadmap.checking.findings import check_document, check_plan, finding_key
from roadmap.checking.likeness import Standard
from roadmap.checking.mends import label_of
from roadmap.checking.shapes import AddActivity, Finding, Item, Mend, Plan, Rename, Renumber, Rewrite, Section

__all__ = [
    "AddActivity",
    "Finding",
    "Item",
    "Mend",
    "Plan",
    "Rename",
    "Renumber",
    "Rewrite",
    "Section",
    "Standard",
    "check_document",
    "check_plan",
    "finding_key",
    "label_of",
]
