"""The PDF back end: typst lays out `paper.typ`, which reads the words as data, never as markup."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

from reports.papers import fonts, layout
from reports.papers.paper import Paper, laid_out

TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"
STANDARD: Literal["a-2b"] = "a-2b"
"""PDF/A-2b, for keeping."""


def render(paper: Paper, made_at: datetime) -> bytes:
    """`made_at` becomes the file's date. The root is the template's folder: nothing else is read.

    `package_path` points there too, so that no package is looked for elsewhere.
    """
    data: dict[str, Any] = layout.as_data() | {"faces": fonts.faces()}
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=list(fonts.folders()),
        ignore_system_fonts=True,
        package_path=TEMPLATE.parent,
        package_cache_path=TEMPLATE.parent,
        sys_inputs={
            "paper": json.dumps(laid_out(paper), ensure_ascii=False),
            "layout": json.dumps(data, ensure_ascii=False),
        },
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made
