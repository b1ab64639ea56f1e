"""What follows when an activity gets other days: who comes after it, who comes too early now, and where they could go.

`steps` knows the usual order of the work, `calendar` the days of the school, `shifting` how days are moved, `follow`
puts the answer together. Plain values in and out.
"""

from roadmap.moving.calendar import Calendar, Period
from roadmap.moving.follow import Follower, Following, Frame, PlanRow, what_follows
from roadmap.moving.steps import Step, step_of

__all__ = ["Calendar", "Follower", "Following", "Frame", "Period", "PlanRow", "Step", "step_of", "what_follows"]
