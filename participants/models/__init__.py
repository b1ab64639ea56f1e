"""People of a school, who signs for them, their consents, and their parts in a cycle."""

from participants.models.area import Area
from participants.models.consent import (
    LIVE_CONSENTS,
    OPEN_CONSENTS,
    Consent,
    ConsentRoute,
    ConsentState,
)
from participants.models.consent_page import ConsentPage
from participants.models.consent_text import (
    DATA_PURPOSES,
    ConsentKind,
    ConsentPurpose,
    ConsentText,
    kind_of_consent,
)
from participants.models.destruction import PURPOSE_OF_SIDE, Destruction, DestructionGround, DestructionState
from participants.models.distinction import Distinction
from participants.models.draft_page import DraftPage
from participants.models.enrolment import TAKING_PART, Enrolment, EnrolmentState, Side
from participants.models.form import FormModel, MentoringForm, RoleModel
from participants.models.link import MOST_WRONG, LinkChannel, LinkState, PersonalLink
from participants.models.note import CLEARED_ROLES, NoteSource, ThirdPartyNote
from participants.models.people_sheet import ColumnMemory, PeopleSheet, RowStatus, SheetRow, SheetSide, SheetState
from participants.models.person import (
    CHARGE_ROLES,
    Authority,
    Charge,
    Guardian,
    Guardianship,
    Person,
    PersonKind,
    Sex,
)
from participants.models.pile import Pile, PilePage, PilePageStatus, PileState
from participants.models.preparation import Attendance, Interview, InterviewOutcome, Training
from participants.models.publication import Datum, PublicResource, PublishedItem
from participants.models.rules import RegisterRules

__all__ = [
    "CHARGE_ROLES",
    "CLEARED_ROLES",
    "DATA_PURPOSES",
    "LIVE_CONSENTS",
    "MOST_WRONG",
    "OPEN_CONSENTS",
    "PURPOSE_OF_SIDE",
    "TAKING_PART",
    "Area",
    "Attendance",
    "Authority",
    "Charge",
    "ColumnMemory",
    "Consent",
    "ConsentKind",
    "ConsentPage",
    "ConsentPurpose",
    "ConsentRoute",
    "ConsentState",
    "ConsentText",
    "Datum",
    "Destruction",
    "DestructionGround",
    "DestructionState",
    "Distinction",
    "DraftPage",
    "Enrolment",
    "EnrolmentState",
    "FormModel",
    "Guardian",
    "Guardianship",
    "Interview",
    "InterviewOutcome",
    "LinkChannel",
    "LinkState",
    "MentoringForm",
    "NoteSource",
    "PeopleSheet",
    "Person",
    "PersonKind",
    "PersonalLink",
    "Pile",
    "PilePage",
    "PilePageStatus",
    "PileState",
    "PublicResource",
    "PublishedItem",
    "RegisterRules",
    "RoleModel",
    "RowStatus",
    "Sex",
    "SheetRow",
    "SheetSide",
    "SheetState",
    "Side",
    "ThirdPartyNote",
    "Training",
    "kind_of_consent",
]
