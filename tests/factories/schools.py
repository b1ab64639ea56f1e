"""Schools, their people who log in, files, letters and jobs."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait

from accounts.models import Card, Invitation, PassState
from accounts.tokens import digest
from core.actors import SYSTEM, Actor, user_actor
from core.files import store_file
from core.journal import record_event
from core.models import Event, Job, Membership, Notice, Once, PeriodKind, Role, School, SchoolPeriod, StoredFile, User
from tests.factories.rows import RowFactory


class SchoolFactory(RowFactory[School]):
    class Meta:
        model = School

    name = LazyAttribute(lambda row: f"Муниципальное учреждение «{row.short_name}»")
    short_name = Sequence(lambda n: f"Школа № {n + 1}")
    place = "Заречный"


class SchoolPeriodFactory(RowFactory[SchoolPeriod]):
    class Meta:
        model = SchoolPeriod

    school = SubFactory(SchoolFactory)
    kind = PeriodKind.TERM
    number = 1
    starts_on = date(2026, 9, 1)
    ends_on = date(2026, 10, 25)


class UserFactory(RowFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@school.test")
    surname = Sequence(lambda n: f"Лугов{n}")
    given_name = "Тихон"
    patronymic = "Ерёмович"
    password = "!"  # nobody logs in with it


class MembershipFactory(RowFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    school = SubFactory(SchoolFactory)
    role = Role.CURATOR


class StoredFileFactory(RowFactory[StoredFile]):
    """A real encrypted file in the data folder and its row."""

    class Meta:
        model = StoredFile

    school = SubFactory(SchoolFactory)
    purpose = "roadmap source"
    name = "Дорожная карта.txt"
    content_type = "text/plain"
    data = "Дорожная карта".encode()
    by = SYSTEM

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: object, **kwargs: object) -> StoredFile:
        return store_file(*args, **kwargs)  # type: ignore[arg-type]


class EventFactory(RowFactory[Event]):
    """A line at the end of its school's chain."""

    class Meta:
        model = Event

    verb = "look"
    by = SYSTEM

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: object, **kwargs: object) -> Event:
        return record_event(**kwargs)  # type: ignore[arg-type]


class NoticeFactory(RowFactory[Notice]):
    class Meta:
        model = Notice

    school = SubFactory(SchoolFactory)
    user = SubFactory(UserFactory)
    key = Sequence(lambda n: f"test:{n}")
    kind = "test"


class JobFactory(RowFactory[Job]):
    class Meta:
        model = Job

    school = SubFactory(SchoolFactory)
    user = SubFactory(UserFactory)
    key = Sequence(lambda n: f"test:{n}")
    kind = "test"


class InvitationFactory(RowFactory[Invitation]):
    """A waiting invitation, good for two weeks; its link carries `token`."""

    class Meta:
        model = Invitation

    class Params:
        token = Sequence(lambda n: f"invitation-{n}")
        used = Trait(state=PassState.USED, user=SubFactory(UserFactory), closed_at=LazyFunction(timezone.now))
        revoked = Trait(state=PassState.REVOKED, closed_at=LazyFunction(timezone.now))

    school = SubFactory(SchoolFactory)
    role = Role.CLASS_TEACHER
    email = Sequence(lambda n: f"invited{n}@school.test")
    token_hash = LazyAttribute(lambda row: digest(row.token))
    expires_at = LazyFunction(lambda: timezone.now() + timedelta(days=14))


class CardFactory(RowFactory[Card]):
    """A waiting card; its link carries `token`."""

    class Meta:
        model = Card

    class Params:
        token = Sequence(lambda n: f"card-{n}")
        used = Trait(state=PassState.USED, closed_at=LazyFunction(timezone.now))
        revoked = Trait(state=PassState.REVOKED, closed_at=LazyFunction(timezone.now))

    school = SubFactory(SchoolFactory)
    user = SubFactory(UserFactory)
    token_hash = LazyAttribute(lambda row: digest(row.token))
    expires_at = LazyFunction(lambda: timezone.now() + timedelta(days=60))


class OnceFactory(RowFactory[Once]):
    class Meta:
        model = Once

    key = Sequence(lambda n: f"{n:064d}")


def actor_of(role: Role = Role.CURATOR, school: School | None = None, user: User | None = None) -> Actor:
    """Someone acting in `role`, in a new school and as a new person where none is given."""
    given = {"school": school} if school else {}
    given |= {"user": user} if user else {}  # type: ignore[dict-item]
    membership = MembershipFactory(role=role, **given)
    return user_actor(membership.user, [membership])


def installation_admin() -> Actor:
    """The installation's administrator, who is in no school."""
    return user_actor(UserFactory(is_installation_admin=True), [])
