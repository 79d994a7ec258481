import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Membership, User
from workflow.models import Initiative
from workflow.queries import below


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self, now: datetime) -> "MessageQuerySet":
        """To be sent, not snoozed, and not in the hands of a living sender."""
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lte=now),
            sent_at__isnull=True,
            cancelled_at__isnull=True,
            held="",
            not_before__lte=now,
        )

    def to_members_below(self, subtrees: list[str]) -> "MessageQuerySet":
        """Messages to people who belong to a unit of these subtrees, given as unit paths."""
        members = Membership.objects.filter(below(subtrees))
        return self.filter(recipient__in=members.values("user"))

    def with_status(self, status: str) -> "MessageQuerySet":
        """ "sent", "waiting" or "given_up"; anything else filters nothing."""
        filters = {
            "sent": Q(sent_at__isnull=False),
            "waiting": Q(sent_at__isnull=True, cancelled_at__isnull=True, held=""),
            "given_up": Q(cancelled_at__isnull=False),
        }
        return self.filter(filters.get(status, Q()))

    def unread(self, user: User | int) -> "MessageQuerySet":
        return self.filter(recipient=user, read_at__isnull=True)

    def undelivered(self) -> "MessageQuerySet":
        """Meant to be mailed and not sent: those that wait, and those that were given up."""
        return self.filter(sent_at__isnull=True, held="")


class Held(models.TextChoices):
    """Why a message is not mailed by itself: as its recipient chose."""

    DIGEST = "digest", _("goes into the daily digest")
    APP = "app", _("only in the application")


class Message(models.Model):
    """A row of the outbox: one person is told one thing, once.

    Written in the transaction of the change it tells of. `key` makes it unique, `message_id` is
    fixed so that a mail sent twice after a crash is recognised as one (RFC 5322, 3.6.4).

    The person finds it under the bell too, whatever becomes of the mail.
    """

    key = models.CharField(max_length=120, unique=True)
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=30)
    recipient = models.ForeignKey(
        User,
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        related_name="messages",
        db_index=False,  # message_inbox begins with it
    )
    initiative = models.ForeignKey(
        Initiative, null=True, on_delete=models.CASCADE, related_name="messages"
    )
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("written"))
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    cancelled_at = models.DateTimeField(_("given up"), null=True)
    error = models.TextField(_("what the server said"), blank=True)
    read_at = models.DateTimeField(_("read"), null=True)
    held = models.CharField(
        _("not mailed by itself"), max_length=6, choices=Held.choices, blank=True
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(
                fields=("not_before",),
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True, held=""),
                name="message_waiting",
            ),
            models.Index(
                fields=("lease_until",),
                condition=Q(lease_until__isnull=False),
                name="message_leased",
            ),
            models.Index(
                fields=("recipient",), condition=Q(read_at__isnull=True), name="message_unread"
            ),
            models.Index(fields=("recipient", "-created_at", "-id"), name="message_inbox"),
            models.Index(
                fields=("recipient",),
                condition=Q(sent_at__isnull=True, held=Held.DIGEST),
                name="message_for_digest",
            ),
        )

    def __str__(self) -> str:
        return self.key
