from reports.forms.draft import DraftForm
from reports.forms.signed import SignedFileForm
from reports.forms.target import StrikeForm, TargetForm
from reports.forms.template import TemplateForm

__all__ = ["DraftForm", "SignedFileForm", "StrikeForm", "TargetForm", "TemplateForm"]
