"""Making a PDF opens no socket, and no file outside its folder: the kernel is asked.

A process makes one document and then waits for a mark; every system call after the mark that
names a file or a socket is read from strace.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reports.papers import fonts, pdf

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
MAKE = """
import os, django
django.setup()
from datetime import datetime, UTC
from reports.papers import fonts, pdf
from reports.papers.sample import sample
paper = sample()
os.path.exists("/mark-begin")
pdf.render(paper, datetime(2025, 3, 3, tzinfo=UTC))
os.path.exists("/mark-end")
{after}
"""
HARMLESS = ("/proc/", "/sys/", "/etc/localtime", "/usr/share/zoneinfo")


def traced(tmp_path, after=""):
    """The calls between the marks."""
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-s", "400", "-e", "trace=%file,%network", "-o", str(trace)]
    done = subprocess.run(
        [*command, sys.executable, "-c", MAKE.format(after=after)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    if "ptrace" in done.stderr.lower() or "not permitted" in done.stderr.lower():
        pytest.skip(f"strace may not trace here: {done.stderr[:200]}")
    assert done.returncode == 0, done.stderr
    calls = trace.read_text().splitlines()
    return calls[marked(calls, "/mark-begin") + 1 :]


def marked(calls, name):
    """Where the mark was looked for; the program's own text has its quotes escaped."""
    return next(i for i, call in enumerate(calls) if re.search(rf'(?<!\\)"{name}"', call))


def opened(calls):
    """Files that a call really opened for reading or writing."""
    pattern = re.compile(r'open(?:at)?\(.*?"([^"]+)".*= \d+$')
    return [found[1] for call in calls if (found := pattern.search(call))]


def test_a_pdf_is_made_from_its_folder_and_the_fonts_alone(tmp_path):
    calls = traced(tmp_path)
    calls = calls[: marked(calls, "/mark-end")]
    assert [one for one in calls if "socket(" in one or "connect(" in one] == []
    inside = (str(pdf.TEMPLATE.parent), *(str(folder) for folder in fonts.folders()))
    files = opened(calls)
    assert any(one.startswith(inside[0]) for one in files)
    assert [one for one in files if not one.startswith((*inside, *HARMLESS))] == []


def test_the_trace_would_show_a_socket_and_a_file(tmp_path):
    """The control."""
    after = "import socket; socket.socket().close(); open('/etc/hostname').read()"
    calls = traced(tmp_path, after)
    assert any("socket(" in call for call in calls)
    assert "/etc/hostname" in opened(calls)
