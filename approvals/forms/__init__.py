from approvals.forms.decision import DecisionForm
from approvals.forms.draft import CoAuthorFormSet, DraftForm, StartForm
from approvals.forms.filter import InitiativeFilter
from approvals.forms.report import MeasureFormSet, ReportForm

__all__ = [
    "CoAuthorFormSet",
    "DecisionForm",
    "DraftForm",
    "InitiativeFilter",
    "MeasureFormSet",
    "ReportForm",
    "StartForm",
]
