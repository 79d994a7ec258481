from approvals.models.decision import Decision, Verdict

__all__ = ["Decision", "Verdict"]
