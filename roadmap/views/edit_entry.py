"""The open form of an activity: what its buttons do before anything is kept, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from core.access import ActingRequest
from roadmap.editing.comparing import compare
from roadmap.editing.telling import labels
from roadmap.editing.wishes import NOTHING, texts_of
from roadmap.forms.entries import Entry, add_person, drop_person, entry_of, number_in, people_in, put_text, typed_entry
from roadmap.models import Activity, Programme
from roadmap.services.answering import wish_of
from roadmap.views.edit_page import PAGE, Live, live_of, offer_of, page_context
from roadmap.views.programmes import today_of


@dataclass(frozen=True, slots=True)
class Both:
    """A field that two people wrote, in words; `is_only_theirs` if it was not typed at here."""

    name: str
    label: str
    theirs: str
    mine: str
    is_only_theirs: bool


@dataclass
class EntryPlace:
    """Where the form stands: of which activity (None for a new one), sent to which address, as which part of the page.

    A new one stands `near` another part, in which `stage`, `after` which activity.
    """

    request: ActingRequest
    programme: Programme
    activity: Activity | None
    send_to: str
    part: str
    near: str = ""
    stage: int = 0
    after: str = ""

    def __post_init__(self) -> None:
        self.offer = offer_of(self.programme)

    def opened(self) -> Entry:
        """The entry of the activity as it stands, an empty one for a new activity."""
        if self.activity:
            return entry_of(wish_of(self.activity), self.offer, seen=self.activity.revision, auto_id=self._ids)
        data = QueryDict(mutable=True)
        data.update({"stage": str(self.stage), "people": "1"})
        return typed_entry(data, self.offer, auto_id=self._ids, is_checked=False)

    def answer(self, keep: Callable[[Entry], HttpResponse]) -> HttpResponse:
        """What was sent: a term to be understood, a row more or less, or the whole to be kept by `keep`."""
        data = self.request.POST.copy()
        if data.get("do") == "live":
            live = self._live(data.get("term_text", ""))
            context = {"live": live, "programme": self.programme, "activity": self.activity}
            return render(self.request, "roadmap/edit_live.html", context)
        if self._touch(data):
            return self.show(typed_entry(data, self.offer, auto_id=self._ids, is_checked=False))
        entry = typed_entry(data, self.offer, auto_id=self._ids)
        return keep(entry) if entry.is_valid() else self.show(entry, status=400)

    def both_texts(self, entry: Entry) -> Entry:
        """The entry with what was typed where it was typed, with what someone else wrote where it was not."""
        assert self.activity is not None
        self.activity.refresh_from_db()
        theirs, mine = self._theirs(), texts_of(entry.wish())
        data = self.request.POST.copy()
        for difference in compare(entry.opened, mine, theirs):
            if difference.is_only_theirs:
                put_text(data, difference.name, difference.theirs)
        again = typed_entry(data, self.offer, auto_id=self._ids, is_checked=False)
        again.seen, again.before, again.opened, again.mine = self.activity.revision, entry.opened, theirs, mine
        return again

    def show(self, entry: Entry, *, status: int = 200, refusal: str = "") -> HttpResponse:
        """The open form, alone where HTMX asks for it."""
        context = {
            "activity": self.activity,
            "programme": self.programme,
            "entry": entry,
            "part": self.part,
            "send_to": self.send_to,
            "stage_open": self.stage,
            "after_open": self.after,
            "live": self._live(str(entry.form["term_text"].value() or "")),
            "both": self._both(entry),
            "refusal": refusal,
        }
        if not self.request.htmx:
            page = page_context(self.request, self.programme, at=self.part, near=self.near)
            return render(self.request, PAGE, page | context, status=status)
        answer = render(self.request, f"{PAGE}#open", context, status=status)
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#{self.part}", "outerHTML"
        return answer

    @property
    def _ids(self) -> str:
        return f"{self.part}-%s"

    def _live(self, text: str) -> Live:
        return live_of(self.programme, self.activity, text, today_of(self.request))

    def _theirs(self) -> dict[str, str]:
        return texts_of(wish_of(self.activity) if self.activity else NOTHING)

    def _touch(self, data: QueryDict) -> bool:
        """The buttons within the form that change what is typed and keep nothing yet."""
        verb, _colon, what = data.get("do", "").partition(":")
        if verb == "add_person":
            add_person(data)
        elif verb == "drop_person":
            drop_person(data, number_in(what))
        elif verb in {"take", "own"}:
            texts = self._theirs() if verb == "take" else typed_entry(data, self.offer, auto_id=self._ids).mine
            put_text(data, what, texts.get(what, ""))
        else:
            return False
        return True

    def _both(self, entry: Entry) -> list[Both]:
        """The fields that differ, while two texts stand against each other."""
        if not entry.mine:
            return []
        called = labels() | {f"extra_{column['kind']}": column["title"] for column in self.offer.columns}
        return [
            Both(
                found.name,
                str(called[found.name]),
                self._words(found.name, found.theirs),
                self._words(found.name, found.mine),
                found.is_only_theirs,
            )
            for found in compare(entry.before, entry.mine, entry.opened)
            if found.name in called
        ]

    def _words(self, name: str, text: str) -> str:
        """A field as people read it."""
        if name == "stage":
            return next((str(label) for key, label in self.offer.stages if str(key) == text), "")
        if name == "people":
            members = {str(member.key): member.name for member in self.offer.members}
            rows = people_in(text)
            return "\n".join(f"{row['role']} {row['name'] or members.get(row['member'], '')}".strip() for row in rows)
        return text
