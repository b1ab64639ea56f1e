"""People of a school and those who sign for the minors among them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from core.actors import ActorKind
from core.fields import KeyField
from core.models import Membership, Role, School, User
from core.russian import initials, search_key, sort_key
from participants.ages import born_for_age, is_minor

if TYPE_CHECKING:
    from core.actors import Actor

REGISTER_READERS = frozenset({Role.CURATOR, Role.ADMINISTRATOR})
"""Those who read the whole register of their school."""
CHARGE_ROLES = frozenset({Role.CLASS_TEACHER, Role.PSYCHOLOGIST})
"""Those who see the pupils they are in charge of, and nobody else."""


class PersonKind(models.TextChoices):
    """Who a person is to the school."""

    PUPIL = "pupil", _("pupil")
    TEACHER = "teacher", _("teacher")
    STUDENT = "student", _("student")
    GRADUATE = "graduate", _("graduate")
    EXPERT = "expert", _("employer's expert")
    PARTNER = "partner", _("partner")


class Sex(models.TextChoices):
    """Asked for after the consent, and it may stay unsaid."""

    FEMALE = "f", _("female")
    MALE = "m", _("male")


class PersonQuerySet(models.QuerySet["Person"]):
    def present(self) -> PersonQuerySet:
        """Those whose data have not been destroyed."""
        return self.filter(destroyed_at=None)

    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """The register for those who keep it; everyone else sees himself, a guardian his wards, a class teacher and
        a psychologist those in their charge. Nobody is shown those whose data were destroyed.
        """
        if actor.role in REGISTER_READERS:
            return self.present().filter(school_id=actor.school_id)
        if actor.role in CHARGE_ROLES:
            return self.filter(in_charge_of(actor) | Q(user_id=actor.user_id), school_id=actor.school_id)
        if actor.kind is ActorKind.LINK:
            return self.filter(links__pk=actor.link_key("personallink"))
        if actor.role == Role.GUARDIAN:
            wards = Guardianship.objects.standing().filter(guardian__user_id=actor.user_id).values("minor")
            return self.filter(school_id=actor.school_id, pk__in=wards)
        return self.filter(school_id=actor.school_id, user_id=actor.user_id)


class Person(models.Model):
    """Someone of the school, once; what he does in a year is an `Enrolment`.

    Until a consent is in force there is nothing here but name, class or post, birth date and, for an adult, the
    address by which the consent is asked for. `teaching_since` is the year from which a teacher's experience counts.
    Once the data are destroyed the row has a `pseudonym` and nothing that tells who it was, so that figures stay.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="people")
    kind = models.CharField(_("who this is"), max_length=10, choices=PersonKind.choices)
    surname = models.CharField(_("surname"), max_length=100)
    given_name = models.CharField(_("given name"), max_length=100)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True, default="")
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    class_name = models.CharField(_("class"), max_length=20, blank=True, default="")
    post = models.CharField(_("post or place of work or study"), max_length=200, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True, default="")
    subject = models.CharField(_("subject taught"), max_length=200, blank=True, default="")
    teaching_since = models.PositiveSmallIntegerField(_("teaching since the year"), null=True, blank=True)
    pseudonym = models.CharField(max_length=12, blank=True, default="")
    destroyed_at = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    invitation = models.ForeignKey(Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    search_key = KeyField(of=("surname", "given_name", "patronymic", "class_name", "post"), by=search_key)
    class_key = KeyField(of=("class_name",), by=sort_key, max_length=60)
    sort_key = KeyField(of=("surname", "given_name", "patronymic"), by=sort_key)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=PersonKind.values), name="person_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=PersonKind.PUPIL) | Q(email="", phone=""),
                name="a_pupil_is_reached_through_guardians",
            ),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="sex_is_known_or_unsaid"),
            models.CheckConstraint(
                condition=Q(destroyed_at=None, pseudonym="")
                | Q(
                    destroyed_at__isnull=False,
                    surname="",
                    given_name="",
                    patronymic="",
                    birth_date=None,
                    class_name="",
                    post="",
                    email="",
                    phone="",
                    sex="",
                    subject="",
                    teaching_since=None,
                )
                & ~Q(pseudonym=""),
                name="a_destroyed_person_has_a_pseudonym_alone",
            ),
            models.UniqueConstraint(
                fields=("school", "user"), condition=Q(user__isnull=False), name="one_person_per_school_and_user"
            ),
        )
        indexes = (models.Index(fields=("school", "sort_key"), name="person_by_name"),)

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def full_name(self) -> str:
        """«Тимофеев Глеб Андреевич»; «П-7K2M9Q» once the data are destroyed."""
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic))) or self.pseudonym

    @property
    def short_name(self) -> str:
        """«Тимофеев Г. А.»"""
        name = filter(None, (self.surname, initials(self.given_name, self.patronymic)))
        return "\u00a0".join(name) or self.pseudonym

    @property
    def place(self) -> str:
        """«7 «Б» класс», «учитель физики»: what stands beside the name in an order."""
        return place_of(self.class_name, self.post)

    def is_minor_on(self, day: date) -> bool:
        """Under 18, so that a guardian signs; a pupil without a birth date counts as one (152-FZ art. 9 (6))."""
        return is_minor(self.birth_date, day, otherwise=self.kind == PersonKind.PUPIL)


def place_of(class_name: str, post: str) -> str:
    """What stands beside a name: the class, else the post."""
    return f"{class_name}\u00a0класс" if class_name else post


class GuardianQuerySet(models.QuerySet["Guardian"]):
    def visible_to(self, actor: Actor) -> GuardianQuerySet:
        """The guardians of their school for those who keep the register; a guardian sees himself."""
        if actor.role in REGISTER_READERS:
            return self.filter(school_id=actor.school_id)
        if actor.kind is ActorKind.LINK:
            return self.filter(links__pk=actor.link_key("personallink"))
        return self.filter(school_id=actor.school_id, user_id=actor.user_id)


class Guardian(models.Model):
    """A parent or another legal representative, with the contacts by which a consent is asked for."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="guardians")
    surname = models.CharField(_("surname"), max_length=100)
    given_name = models.CharField(_("given name"), max_length=100)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = GuardianQuerySet.as_manager()

    class Meta:
        ordering = ("surname", "given_name", "pk")

    def __str__(self) -> str:
        return f"guardian {self.pk}"

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))


class ChargeQuerySet(models.QuerySet["Charge"]):
    def visible_to(self, actor: Actor) -> ChargeQuerySet:
        """Those of their school for who keeps the register; whoever is in charge sees his own."""
        rows = self.filter(membership__school_id=actor.school_id)
        return rows if actor.role in REGISTER_READERS else rows.filter(membership__user_id=actor.user_id)


class Charge(models.Model):
    """A class teacher or a psychologist is in charge of a class, or of one person: whom he may see and write of."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="charges")
    class_name = models.CharField(_("class"), max_length=20, blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="charges")
    class_key = KeyField(of=("class_name",), by=sort_key, max_length=60)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering = ("class_key", "pk")
        constraints = (
            models.CheckConstraint(
                condition=(Q(person=None) & ~Q(class_name="")) | Q(person__isnull=False, class_name=""),
                name="a_charge_is_a_class_or_a_person",
            ),
            models.UniqueConstraint(
                fields=("membership", "class_name"), condition=Q(person=None), name="one_charge_per_member_and_class"
            ),
            models.UniqueConstraint(
                fields=("membership", "person"),
                condition=Q(person__isnull=False),
                name="one_charge_per_member_and_person",
            ),
        )

    def __str__(self) -> str:
        return f"charge {self.pk}"


def in_charge_of(actor: Actor) -> Q:
    """The people the actor is in charge of in his role, by class or one by one."""
    charges = Charge.objects.filter(
        membership__user_id=actor.user_id,
        membership__school_id=actor.school_id,
        membership__role=actor.role,
        membership__ended_at=None,
    )
    by_class = Q(kind=PersonKind.PUPIL, class_key__in=charges.filter(person=None).values("class_key"))
    return by_class | Q(pk__in=charges.filter(person__isnull=False).values("person"))


class Authority(models.TextChoices):
    """By what right an adult represents a minor."""

    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    ADOPTER = "adopter", _("adoptive parent")
    GUARDIAN = "guardian", _("guardian (опекун)")
    TRUSTEE = "trustee", _("trustee (попечитель)")
    FOSTER = "foster", _("foster parent")


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    def visible_to(self, actor: Actor) -> GuardianshipQuerySet:
        """Those of the people the actor sees in the register."""
        return self.filter(minor__in=Person.objects.visible_to(actor))

    def standing(self) -> GuardianshipQuerySet:
        """Those of people who are not of age today, by the day of UTC: nobody represents an adult (Civil Code art. 21)."""
        return self.exclude(minor__birth_date__lte=born_for_age(timezone.now().date()))


class Guardianship(models.Model):
    """One adult represents one minor."""

    minor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="guardianships")
    authority = models.CharField(_("by what right"), max_length=10, choices=Authority.choices)

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("minor", "guardian"), name="one_guardianship_per_minor_and_guardian"),
            models.CheckConstraint(condition=Q(authority__in=Authority.values), name="authority_is_known"),
        )

    def __str__(self) -> str:
        return f"guardianship {self.pk}"
