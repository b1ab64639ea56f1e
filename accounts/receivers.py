"""What the doors add to the outbox, to every sweep and to the menu."""

from django.utils.translation import gettext_lazy as _

from accounts.heartbeat import note_round
from accounts.letters import register_letters
from accounts.services.leftovers import remove_outlived
from core.access import Door
from core.housekeeping import register_daily
from core.models import Role
from core.navigation import register_item
from core.sweep import register_step

register_letters()
register_step("round noted", note_round)
register_daily("outlived invitations removed", remove_outlived)
register_item(_("People"), "accounts:member_list", (Role.CURATOR, Role.ADMINISTRATOR), 80)
register_item(_("School and calendar"), "accounts:school_edit", (Role.CURATOR, Role.ADMINISTRATOR), 90)
register_item(_("Schools"), "accounts:installation", (Door.INSTALLATION,), 10)
register_item(_("Health of the machine"), "accounts:health", (Door.INSTALLATION,), 20)
