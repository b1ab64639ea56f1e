"""The demo as a trial gets it: five schools, everyone in them, and a login for each kind of person."""

from __future__ import annotations

import json
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from accounts.models import Invitation
from core.journal import broken_links
from core.models import Membership, Role, School, SchoolPeriod, User
from demo.cast import MAIN, PEOPLE, SCHOOLS
from pairing.models import Match, Meeting, Mentorship, Place
from participants.models import Consent, Enrolment, Guardianship, Side
from reports.models import MonitoringReport, Order
from roadmap.models import Activity, Draft, Programme
from surveys.models import Campaign
from surveys.services.comparing import changes_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _filled(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The data folder of the demo, which is filled once for all that only look at it."""
    folder = tmp_path_factory.mktemp("demo")
    own = {"DATA_DIR": folder, "FILES_DIR": folder / "files", "MAIL_DIR": folder / "mail"}
    with django_db_blocker.unblock(), override_settings(**own), transaction.atomic():
        call_command("demo_fill")
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def filled(_filled: Path, data_folder: Path, settings: Settings) -> Path:
    """The data folder of the demo as it was filled."""
    settings.DATA_DIR, settings.FILES_DIR = _filled, _filled / "files"
    return _filled


def logins(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / "demo-logins.json").read_text())
    return rows


def programme_of(key: str) -> Programme:
    name = next(row.requisites["short_name"] for row in SCHOOLS if row.key == key)
    return Programme.objects.get(school__short_name=name)


def test_the_demo_is_five_schools_with_their_programmes_people_and_pairs(filled: Path) -> None:
    counts = {
        programme.school.short_name: Activity.objects.filter(stage__programme=programme).count()
        for programme in Programme.objects.select_related("school")
    }
    assert counts == {
        "МБОУ «СОШ № 12»": 35,
        "МБОУ «Лицей № 3»": 34,
        "МКОУ «Усть-Ключевская школа-интернат»": 50,
        "МБДОУ «Детский сад № 8»": 23,
        "МБОУ «Гимназия № 2»": 15,
    }
    assert [programme.stages.count() for programme in Programme.objects.all()] == [7] * 5
    main = Enrolment.objects.filter(person__school=programme_of(MAIN).school)
    assert (main.filter(side=Side.MENTEE).count(), main.filter(side=Side.MENTOR).count()) == (60, 30)
    states = Counter(Consent.objects.filter(person__school=programme_of(MAIN).school).values_list("state", flat=True))
    assert states == {"in_force": 84, "sent": 2, "returned": 1, "asked": 3}
    assert Counter(Match.objects.filter(school=programme_of(MAIN).school).values_list("state", flat=True)) == {
        "in_force": 32,
        "approved": 5,
        "proposed": 6,
        "returned": 1,
    }
    assert Counter(Order.objects.values_list("school__short_name", flat=True)) == {
        "МБОУ «СОШ № 12»": 2,
        "МБОУ «Лицей № 3»": 1,
        "МКОУ «Усть-Ключевская школа-интернат»": 1,
        "МБДОУ «Детский сад № 8»": 1,
    }
    assert Counter(Mentorship.objects.values_list("state", flat=True)) == {"active": 28, "finished": 10}
    assert Meeting.objects.filter(mentorship__school=programme_of("lyceum").school).count() > 80
    assert list(broken_links()) == []


def test_the_main_school_asks_its_people_and_a_year_that_is_over_was_measured_twice(filled: Path) -> None:
    main = Campaign.objects.filter(cycle__programme__school=programme_of(MAIN).school)
    rows = {
        campaign.version.questionnaire.key: (
            campaign.state,
            campaign.respondents.asked().filter(has_answered=True).count(),
            campaign.respondents.asked().count(),
        )
        for campaign in main.select_related("version__questionnaire")
    }
    assert rows.pop("satisfaction_mentee") == ("planned", 0, 0)
    assert rows == {
        "request_mentee": ("closed", 44, 49),
        "preference_mentee": ("closed", 29, 49),
        "preference_mentor": ("closed", 17, 29),
        "entry_mentee_pupil": ("closed", 39, 49),
        "entry_mentor_pupil": ("closed", 23, 29),
        "interim_mentee": ("open", 12, 40),
    }
    unnamed = main.get(is_anonymous=True, state="open")
    assert (unnamed.responses.count(), unnamed.held.count()) == (5, 7)
    assert not unnamed.responses.exclude(respondent=None).exists()
    lyceum = programme_of("lyceum").cycles.earliest("year")
    [whole] = changes_in(cycle=lyceum, side=Side.MENTEE, today=timezone.localdate())
    assert (whole.people, whole.unmeasured) == (30, 9)
    assert Counter(line.change.size for line in whole.lines if line.change) == {27: 7, 30: 3}
    assert Counter(MonitoringReport.objects.values_list("cycle__programme__school__short_name", "state")) == {
        ("МБОУ «СОШ № 12»", "draft"): 1,
        ("МБОУ «Лицей № 3»", "approved"): 1,
    }


def test_the_first_pair_of_the_main_school_logs_in(filled: Path) -> None:
    place = Place.objects.get(mentee__person__user__login="nastavlyaemy")
    guardianship = Guardianship.objects.get(minor=place.mentee.person)
    assert place.mentorship.mentor.person.user == User.objects.get(login="nastavnik")
    assert guardianship.guardian.user == User.objects.get(login="roditel")
    assert (place.mentee.person.class_name, place.mentorship.mentor.person.class_name) == ("7 «Б»", "10 «А»")


def test_the_main_school_has_every_role_a_calendar_an_open_draft_and_an_open_invitation(filled: Path) -> None:
    main = programme_of(MAIN).school

    assert set(Membership.objects.active().filter(school=main).values_list("role", flat=True)) == set(Role.values)
    assert Counter(SchoolPeriod.objects.filter(school=main).values_list("kind", flat=True)) == {"term": 4, "holiday": 4}
    [draft] = Draft.objects.open()
    assert (draft.school, len(draft.outline["warnings"])) == (main, 5)
    [invitation] = Invitation.objects.all()
    assert (invitation.school, invitation.state) == (main, "waiting")
    assert User.objects.filter(is_installation_admin=True).count() == 1


def test_one_person_has_two_roles_in_one_school_and_one_in_another(filled: Path) -> None:
    schools = Counter(Membership.objects.filter(user__login="dve-roli").values_list("school", flat=True))

    assert sorted(schools.values()) == [1, 2]


def test_every_login_opens_the_first_page_of_its_person(filled: Path) -> None:
    rows = logins(filled)

    for number, row in enumerate(rows):
        for name in filter(None, (row["login"], row["email"])):
            browser = Client(REMOTE_ADDR=f"10.0.0.{number}")
            answer = browser.post(reverse("account_login"), {"login": name, "password": row["password"]})
            page = browser.get(reverse("home"), follow=True)
            assert (answer.status_code, page.status_code) == (302, 200), row["login"]
    assert [row["login"] for row in rows] == [*(person.login for person in PEOPLE), "admin"]
    assert set(rows[0]) == {"role", "school", "name", "login", "email", "password"}


def test_the_logins_are_for_the_owner_of_the_folder_alone(filled: Path) -> None:
    assert stat.S_IMODE((filled / "demo-logins.json").stat().st_mode) == 0o600


def test_a_second_filling_is_refused_and_changes_nothing(filled: Path) -> None:
    before = logins(filled)

    with pytest.raises(CommandError):
        call_command("demo_fill")

    assert (School.objects.count(), logins(filled)) == (5, before)
