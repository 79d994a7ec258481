"""The judge itself: what counts as lost, doubled and unexpected."""

import pytest

from tests.faults.history import History

CASES = {
    "promised and seen": ("invoke ok seen", (0, 0, 0)),
    "promised and never seen": ("invoke ok", (1, 0, 0)),
    "promised and seen three times": ("invoke ok seen seen seen", (0, 2, 0)),
    "refused and not seen": ("invoke fail", (0, 0, 0)),
    "refused and seen": ("invoke fail seen", (0, 0, 1)),
    "no answer and seen": ("invoke unknown seen", (0, 0, 0)),
    "no answer and not seen": ("invoke unknown", (0, 0, 0)),
    "no answer and seen twice": ("invoke unknown seen seen", (0, 1, 0)),
    "no answer, then refused, but seen": ("invoke unknown invoke fail seen", (0, 0, 1)),
    "no answer, then promised": ("invoke unknown invoke ok", (1, 0, 0)),
    "begun and cut off": ("invoke seen", (0, 0, 0)),
    "seen out of nowhere": ("seen", (0, 0, 1)),
}


@pytest.mark.parametrize("case", CASES)
def test_a_history_is_judged(tmp_path, case):
    types, expected = CASES[case]
    history = History(tmp_path / "history.jsonl")
    for type_ in types.split():
        history.add("mail", type_, "7")
    history.add("rung", "ok", "7")
    verdict = history.verdict("mail")
    found = (len(verdict.lost), verdict.doubled.total(), len(verdict.unexpected))
    assert found == expected
    assert verdict.holds() is (expected == (0, 0, 0))


def test_so_many_doubles_may_be_allowed(tmp_path):
    history = History(tmp_path / "history.jsonl")
    for type_ in ("ok", "seen", "seen"):
        history.add("mail", type_, "7")
    assert history.verdict("mail").holds(doubles=1)
    assert not history.verdict("mail").holds(doubles=0)
