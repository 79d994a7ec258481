"""Eight people in eight processes decide, return and recall the same steps at the same moment."""

import http.cookiejar
import multiprocessing
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from multiprocessing.synchronize import Barrier
from typing import Any

HEADS = ("head", "deputy", "colleague", "employee")
PASSWORD = "a long enough password"
RACERS = [
    *((who, action) for who in HEADS[:3] for action in ("approve", "return")),
    ("employee", "reject"),
    ("author", "recall"),
]
PATIENCE = 60
SEEN = {302: "done", 409: "told", 403: "refused"}


class Client:
    """A browser in miniature: cookies, the CSRF token, and no redirects followed on a POST."""

    def __init__(self, url: str, who: str) -> None:
        self.url, self.cookies = url, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), _Stay()
        )
        self.opener.open(f"{url}/accounts/login/", timeout=PATIENCE)
        status = self.post("/accounts/login/", login=f"{who}@example.test", password=PASSWORD)
        assert status == 302, f"{who} cannot sign in: {status}"

    def post(self, path: str, **form: Any) -> int:
        token = next(one.value for one in self.cookies if one.name == "csrftoken")
        data = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token}).encode()
        try:
            with self.opener.open(f"{self.url}{path}", data, timeout=PATIENCE) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_request: Any, **_kwargs: Any) -> None:
        return None


def run(
    url: str, who: str, action: str, items: list[list[int]], start: Barrier, answers: Any
) -> None:
    client = Client(url, who)
    for initiative, work_item in items:
        form = {"work_item": work_item, "key": uuid.uuid4(), "comment": "Vì sao."}
        start.wait(PATIENCE)
        answers.put((initiative, client.post(f"/initiatives/{initiative}/act/{action}/", **form)))


def race(url: str, items: list[list[int]]) -> dict[int, Counter[int]]:
    """The statuses each initiative was answered with."""
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(len(RACERS)), context.Queue()
    racers = [
        context.Process(target=run, args=(url, who, action, items, start, answers))
        for who, action in RACERS
    ]
    for racer in racers:
        racer.start()
    found: dict[int, Counter[int]] = {initiative: Counter() for initiative, _item in items}
    for _answer in range(len(items) * len(RACERS)):
        initiative, status = answers.get(timeout=PATIENCE)
        found[initiative][status] += 1
    for racer in racers:
        racer.join(PATIENCE)
    return found


def verdict(found: dict[int, Counter[int]]) -> dict[str, int]:
    """How many steps had exactly one effect, and how all requests were answered."""
    everything = sum(found.values(), Counter[int]())
    answered = {name: everything[status] for status, name in SEEN.items()}
    return {
        "steps": len(found),
        "one effect": sum(statuses[302] == 1 for statuses in found.values()),
        **answered,
        "other": everything.total() - sum(answered.values()),
    }
