"""The score sheet (phiếu chấm) of a movement: lines whose points add up to 100."""

FULL = 100
"""What all lines give together. The bands of the grades (NĐ 233/2026) are laid down on it."""
LINE = ("code", "name", "maximum", "help")
