"""Evidence of the demo, made from an initiative's own figures: a chart and a table."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from approvals.intake import Accepted
from workflow.models import FileKind

SIZE = (640, 360)
PAPER, INK, BEFORE, AFTER = "#ffffff", "#17233b", "#8490a6", "#1d4e9e"
FLOOR, TALLEST, WIDTH = 310, 240, 140


def proofs(measures: list[dict[str, Any]]) -> list[Accepted]:
    return [_chart(measures[0]), _table(measures)]


def _chart(measure: dict[str, Any]) -> Accepted:
    """Two bars, before and after, with their figures."""
    image = Image.new("RGB", SIZE, PAPER)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(28)
    top = max(float(measure["before"]), float(measure["after"]), 1)
    for left, name, colour in ((130, "before", BEFORE), (370, "after", AFTER)):
        height = TALLEST * float(measure[name]) / top
        draw.rectangle((left, FLOOR - height, left + WIDTH, FLOOR), fill=colour)
        place = (left + WIDTH / 2, FLOOR - height - 8)
        draw.text(place, f"{measure[name]}", fill=INK, font=font, anchor="mb")
    draw.line((60, FLOOR, SIZE[0] - 60, FLOOR), fill=INK, width=3)
    file = BytesIO()
    image.save(file, "PNG")
    return Accepted("bieu-do-truoc-sau.png", FileKind.PNG, file)


def _table(measures: list[dict[str, Any]]) -> Accepted:
    rows = ["chỉ số;đơn vị;trước;sau"]
    rows += ["{indicator};{unit};{before};{after}".format_map(measure) for measure in measures]
    content = BytesIO("\n".join(rows).encode("utf-8-sig"))
    return Accepted("bang-so-lieu.csv", FileKind.CSV, content)
