"""People of a school, who signs for them, their consents, and their parts in a cycle."""

from participants.models.consent import (
    OPEN_CONSENTS,
    Consent,
    ConsentPage,
    ConsentPurpose,
    ConsentState,
    ConsentText,
)
from participants.models.enrolment import Enrolment, EnrolmentState, Side
from participants.models.form import FormModel, MentoringForm, RoleModel
from participants.models.link import LinkChannel, LinkState, PersonalLink
from participants.models.person import Authority, Guardian, Guardianship, Person, PersonKind

__all__ = [
    "OPEN_CONSENTS",
    "Authority",
    "Consent",
    "ConsentPage",
    "ConsentPurpose",
    "ConsentState",
    "ConsentText",
    "Enrolment",
    "EnrolmentState",
    "FormModel",
    "Guardian",
    "Guardianship",
    "LinkChannel",
    "LinkState",
    "MentoringForm",
    "Person",
    "PersonKind",
    "PersonalLink",
    "RoleModel",
    "Side",
]
