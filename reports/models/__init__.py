"""What is kept of official documents: as issued, as signed, the school's own templates; and the
exports of a year's dossier."""

from reports.models.document import OfficialDocument
from reports.models.export import Download, Export
from reports.models.letterhead import Letterhead
from reports.models.signed_file import SignedFile, Verdict
from reports.models.template import DocumentTemplate

__all__ = [
    "DocumentTemplate",
    "Download",
    "Export",
    "Letterhead",
    "OfficialDocument",
    "SignedFile",
    "Verdict",
]
