"""The database renews the stamp of the roster itself: what is kept under it decides who may act."""

from people.renewing import EVERY, Renewing

ROSTER = Renewing(
    "people_rosterstamp",
    "renew_roster",
    {
        "people_grant": EVERY,
        "people_membership": EVERY,
        "people_delegation": EVERY,
        "people_absence": EVERY,
        "people_user": ("UPDATE OF email, full_name, language, is_active",),
    },
)
"""The changes after which somebody else may hold something, or is called otherwise."""
