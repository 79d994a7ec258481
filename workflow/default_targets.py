"""The five indices that every movement starts with (plan, I.1). Data from then on, edited per
movement: the scale of an index belongs to who publishes it, and changes.
"""

from decimal import Decimal

from workflow.models import Audience, Movement, Target

INDICES: tuple[tuple[str, str, str, str, int], ...] = (
    ("PAR", "PAR Index", "Chỉ số cải cách hành chính (PAR Index).", "điểm", 100),
    ("PCI", "PCI", "Chỉ số năng lực cạnh tranh cấp tỉnh (PCI).", "điểm", 100),
    ("PAPI", "PAPI", "Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh (PAPI).", "điểm", 80),
    ("SIPAS", "SIPAS", "Chỉ số hài lòng về sự phục vụ hành chính (SIPAS).", "%", 100),
    ("DTI", "DTI", "Kết quả đánh giá chuyển đổi số (DTI).", "điểm", 100),
)
"""Code, label, text, unit of measure and the highest possible. Of all five, higher is better."""


def give_default_indices(movement: Movement) -> None:
    Target.objects.bulk_create(
        Target(
            movement=movement, audience=Audience.INDEX, code=code, short=short, text=text,
            measure=measure, maximum=Decimal(maximum),
        )
        for code, short, text, measure, maximum in INDICES
    )  # fmt: skip
