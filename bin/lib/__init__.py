"""What bin/dev and bin/test share. Standard library only: it runs before the venv exists."""

import sys

# Here, because every script imports this package first.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        f"Thi Đua needs Python 3.11 or newer and this is {sys.version.split()[0]}: install a newer "
        "python3 (Debian 12 or later has it) and run this again."
    )
