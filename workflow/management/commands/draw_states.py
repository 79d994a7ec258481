from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflow.diagram import mermaid

PAGE = Path(settings.BASE_DIR) / "docs" / "states.md"
TEXT = """# The states of an initiative

Drawn from the code by `manage.py draw_states`; a test fails when this page is stale. A move marked
*(gate)* happens when the last step of its route agrees.

```mermaid
{diagram}
```
"""


class Command(BaseCommand):
    help = "Draw the lifecycle from the code into docs/states.md (--check: only compare)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="exit 1 when the page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        drawn = TEXT.format(diagram=mermaid())
        if options["check"]:
            if not PAGE.exists() or PAGE.read_text() != drawn:
                raise CommandError("docs/states.md is stale: run manage.py draw_states")
            return
        PAGE.write_text(drawn)
        self.stdout.write(f"wrote {PAGE.relative_to(settings.BASE_DIR)}")
