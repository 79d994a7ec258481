from datetime import date, datetime
from hashlib import sha256
from secrets import token_urlsafe

from django.db import models

from people.models import Membership, User


class CalendarFeedManager(models.Manager["CalendarFeed"]):
    def renew(self, user: User, now: datetime) -> str:
        """A new secret for the person, which ends the one before. It is shown once."""
        secret = token_urlsafe(32)
        self.update_or_create(user=user, defaults={"digest": _digest(secret), "made_at": now})
        return secret

    def reader(self, secret: str, today: date) -> User | None:
        """Whose calendar it opens: nobody's once it was renewed or they have left."""
        here = Membership.objects.in_force(today).values("user")
        feeds = self.filter(digest=_digest(secret), user__is_active=True, user__in=here)
        feed = feeds.select_related("user").first()
        return feed.user if feed else None


class CalendarFeed(models.Model):
    """The address at which calendar programs read somebody's due dates without a session.

    Only a hash of its secret is kept, so that nobody can take it from the database.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    objects = CalendarFeedManager()

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%d/%m/%Y}"


def _digest(secret: str) -> str:
    """The secret is 256 random bits: guessing it is out of reach, so no slow hash is needed."""
    return sha256(secret.encode()).hexdigest()
