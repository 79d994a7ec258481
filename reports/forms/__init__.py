from reports.forms.draft import DraftForm
from reports.forms.signed import SignedFileForm
from reports.forms.target import TargetForm
from reports.forms.template import TemplateForm

__all__ = ["DraftForm", "SignedFileForm", "TargetForm", "TemplateForm"]
