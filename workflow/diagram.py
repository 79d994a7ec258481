"""The lifecycle as a Mermaid diagram, read from the transitions of the model."""

from workflow.models import APPROVED, Gate, Initiative, State

GATES = {
    "register": Gate.REGISTER,
    "submit_report": Gate.REPORT,
    "evaluate": Gate.EVALUATE,
    "approve_report": Gate.YEARLY,
}


def moves() -> list[tuple[str, str, str]]:
    """Every legal move as (name, from, to), in the order of the lifecycle."""
    order = [*State.values, APPROVED]
    transitions = Initiative().get_all_state_transitions()  # type: ignore[attr-defined]
    rows = [(move.name, move.source, move.target) for move in transitions]
    return sorted(rows, key=lambda row: (order.index(row[1]), order.index(row[2])))


def mermaid() -> str:
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    for name, source, target in moves():
        label = f"{name} (gate)" if name in GATES else name
        lines.append(f"    {source} --> {target}: {label}")
    lines += [f"    {end} --> [*]" for end in ("evaluated", "withdrawn", "approved")]
    return "\n".join(lines)
