from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from people.models import Unit, User
from workflow.models.grade import Grade
from workflow.models.movement import Movement, Round
from workflow.queries import InitiativeQuerySet


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    REGISTERED = "registered", _("registered")
    IN_PROGRESS = "in_progress", _("in progress")
    REPORTED = "reported", _("reported")
    EVALUATED = "evaluated", _("evaluated")
    WITHDRAWN = "withdrawn", _("withdrawn")


REGISTERED = (State.REGISTERED, State.IN_PROGRESS, State.REPORTED, State.EVALUATED)
"""Registered, and not withdrawn since."""
REPORTED = (State.REPORTED, State.EVALUATED)
"""With a report that was verified."""
APPROVED = "approved"
SCHOOL_REPORT = "school_report"
"""State and kind of the school's report of a year (`SchoolReport`), which is a dossier and no
initiative: whoever lists the states or kinds of initiatives does not meet them.
"""
STATES = [*State.choices, (APPROVED, _("approved and frozen"))]


class Kind(models.TextChoices):
    MODEL = "model", _("practice model")
    SOLUTION = "solution", _("solution")
    INITIATIVE = "initiative", _("initiative")
    GOOD_PRACTICE = "good_practice", _("good practice")


class Scope(models.TextChoices):
    INDIVIDUAL = "individual", _("by its authors")
    COLLECTIVE = "collective", _("for the unit")


_Dossiers = models.Manager.from_queryset(InitiativeQuerySet)


class InitiativeManager(_Dossiers):
    """Initiatives, without the school's reports: what lists and counts read."""

    def get_queryset(self) -> InitiativeQuerySet:
        return InitiativeQuerySet(self.model, using=self._db).exclude(kind=SCHOOL_REPORT)


class Initiative(FSMModelMixin, models.Model):
    """A registered idea and its life. The transitions below are the only list of legal moves;
    who may start one is asked in `approvals.policy`, and `approvals.actions.perform` calls it.

    `objects` are the initiatives. `dossiers` are these and the school's reports: what the gates,
    the worklist and the audit ask, for which both are the same.
    """

    movement = models.ForeignKey(
        Movement, on_delete=models.PROTECT, related_name="initiatives", db_index=False
    )
    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="initiatives"
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        related_name="initiatives",
        db_index=False,
    )
    lead = models.ForeignKey(
        User, verbose_name=_("person in charge"), on_delete=models.PROTECT, related_name="leads"
    )
    authors = models.ManyToManyField(User, through="Authorship", related_name="authored")
    code = models.CharField(_("code"), max_length=40, unique=True)
    state = FSMField(_("state"), choices=STATES, default=State.DRAFT, protected=True)

    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    scope = models.CharField(_("put forward"), max_length=12, choices=Scope.choices)
    title = models.CharField(_("title"), max_length=200)
    field = models.CharField(_("field of work"), max_length=100, blank=True)
    current_state = models.TextField(_("current state"), blank=True)
    solution = models.TextField(_("solution"), blank=True)
    expected_results = models.TextField(_("expected results"), blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)

    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True)
    grade = models.CharField(
        _("completion level"), max_length=15, choices=Grade.choices, blank=True
    )
    recognised = models.BooleanField(_("recognised"), default=False)
    recognised_on = models.DateField(_("recognised on"), null=True)
    replicated = models.BooleanField(_("to be replicated"), default=False)
    replicated_on = models.DateField(_("replicated from"), null=True)

    extended_before = models.DateField(null=True)
    pending = models.OneToOneField(
        "Submission", null=True, on_delete=models.PROTECT, related_name="pending_for"
    )
    audit_seq = models.PositiveIntegerField(default=0)
    audit_head = models.CharField(max_length=64, default="")
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("last change"))

    objects = InitiativeManager()
    dossiers = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ("-updated_at",)
        indexes = (
            models.Index(fields=("movement", "state")),
            models.Index(fields=("unit", "state")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, APPROVED), kind=SCHOOL_REPORT)
                | (Q(state__in=State.values) & ~Q(kind=SCHOOL_REPORT)),
                name="state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(recognised=True, recognised_on__isnull=False)
                | Q(recognised=False, recognised_on__isnull=True),
                name="recognised_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(replicated=True, replicated_on__isnull=False)
                | Q(replicated=False, replicated_on__isnull=True),
                name="replicated_from_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_school_report(self) -> bool:
        return self.kind == SCHOOL_REPORT

    @transition(field=state, source=State.DRAFT, target=State.REGISTERED)
    def register(self) -> None: ...

    @transition(field=state, source=State.REGISTERED, target=State.IN_PROGRESS)
    def start(self) -> None: ...

    @transition(field=state, source=State.IN_PROGRESS, target=State.REPORTED)
    def submit_report(self) -> None: ...

    @transition(field=state, source=State.REPORTED, target=State.IN_PROGRESS)
    def return_for_revision(self) -> None: ...

    @transition(field=state, source=State.REPORTED, target=State.EVALUATED)
    def evaluate(self) -> None: ...

    @transition(field=state, source=State.EVALUATED, target=State.REPORTED)
    def reopen(self) -> None: ...

    @transition(
        field=state,
        source=[State.DRAFT, State.REGISTERED, State.IN_PROGRESS],
        target=State.WITHDRAWN,
    )
    def withdraw(self) -> None: ...

    @transition(field=state, source=State.DRAFT, target=APPROVED)
    def approve_report(self) -> None: ...

    @transition(field=state, source=APPROVED, target=State.DRAFT)
    def reopen_report(self) -> None: ...
