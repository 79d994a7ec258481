"""What can be chosen in a route: the gate, whom a step asks, for what, and how many must agree."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Gate(models.TextChoices):
    """The transitions that need agreement."""

    REGISTER = "register", _("registration")
    REPORT = "report", _("report")
    EVALUATE = "evaluate", _("evaluation")
    YEARLY = "yearly", _("report of the school")


class Level(models.TextChoices):
    OWN = "own", _("the initiative's own unit")
    SCHOOL = "school", _("its school")
    AUTHORITY = "authority", _("the Department of Education")


class Asks(models.TextChoices):
    """What a step wants from its holder besides a verdict."""

    AGREEMENT = "agreement", _("agreement")
    SCORES = "scores", _("scores by criterion")
    VOTE = "vote", _("a vote for or against")
    BOTH = "both", _("scores by criterion and a vote")
    GRADE = "grade", _("grade, recognition, replication")


class Quorum(models.TextChoices):
    """How many of those who are asked must agree."""

    ANY = "any", _("any one of them")
    ALL = "all", _("all of them")
    SOME = "some", _("this many of them")


class Base(models.TextChoices):
    """Of whom the percentage of a vote is taken."""

    MEMBERS = "members", _("all members who may vote")
    PRESENT = "present", _("members who take part in the vote")
