"""People who press buttons over HTTP, and write down what they were answered."""

import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from tests.faults.history import History
from tests.races.race import Client
from workflow.models import AuditEntry

PATIENCE = 30


class Submitter(Client):
    """Signed in as one person. An answer of 2xx (after the redirect) is a promise; a lost or
    broken answer is none, and the same form is sent again until it is answered."""

    def __init__(self, url: str, who: str, history: History) -> None:
        super().__init__(url, who)
        self.history = history

    def warm_up(self) -> None:
        """A server's first pages take longer, with no fault at all."""
        for _page in range(4):
            self.opener.open(f"{self.url}/", timeout=PATIENCE)

    def change(self, initiative: int, action: str, **form: str) -> str:
        """Press once: ok, fail or unknown."""
        key = form.setdefault("key", str(uuid.uuid4()))
        self.history.add("change", "invoke", key)
        found = self._answer(f"/initiatives/{initiative}/act/{action}/", form)
        self.history.add("change", found, key)
        return found

    def insist(self, initiative: int, action: str, tries: int = 60) -> str:
        """Press the same form until there is an answer."""
        form = {"key": str(uuid.uuid4()), "comment": ""}
        for _try in range(tries):
            if (found := self.change(initiative, action, **form)) != "unknown":
                return found
            time.sleep(0.1)
        return "unknown"

    def _answer(self, path: str, form: dict[str, str]) -> str:
        token = next(one.value for one in self.cookies if one.name == "csrftoken")
        data = urllib.parse.urlencode(form | {"csrfmiddlewaretoken": token or ""}).encode()
        try:
            self.opener.open(f"{self.url}{path}", data, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            place = error.headers.get("Location", "")
            if error.code == 302 and place.startswith("/initiatives/"):
                return "ok"
            return "fail" if 400 <= error.code < 500 else "unknown"
        except (OSError, ValueError):
            return "unknown"
        return "fail"  # a form shown again


def write_down_changes(history: History) -> None:
    """Every form that had an effect, by its key in the audit."""
    for key in AuditEntry.objects.exclude(key=None).values_list("key", flat=True):
        history.add("change", "seen", str(key))
