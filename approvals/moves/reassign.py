"""Passing a step on to a peer: the same role and the same time, another person."""

from typing import Any

from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.moves import items
from approvals.policy import Action
from approvals.reasons import reason
from approvals.refusal import Refusal, Refused


def reassign(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """From now on the step waits for this peer alone; `payload`: `person` (key) and `comment`."""
    comment = reason(Action.REASSIGN, case, payload)
    peer = case.peers.get(payload.get("person") or 0)
    if peer is None:
        raise Refused(Refusal(_("Choose somebody who holds the same role.")))
    assert case.seat
    item = case.seat.item
    case.close_where(lambda one: one == item)
    items.open_again(case, item, peer)
    case.on_behalf_of_id = case.seat.holding.on_behalf_of_id
    return {"person": peer.pk, "name": peer.full_name, "comment": comment}
