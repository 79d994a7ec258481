from approvals.models.decision import BALLOTS, REFUSALS, Decision, Verdict

__all__ = ["BALLOTS", "REFUSALS", "Decision", "Verdict"]
