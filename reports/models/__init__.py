"""What is kept of official documents: as issued, as signed, and the school's own templates."""

from reports.models.document import OfficialDocument
from reports.models.letterhead import Letterhead
from reports.models.signed_file import SignedFile, Verdict
from reports.models.template import DocumentTemplate

__all__ = ["DocumentTemplate", "Letterhead", "OfficialDocument", "SignedFile", "Verdict"]
