"""Canonical JSON (after RFC 8785) and its SHA-256: what is hashed is the very text stored."""

import hashlib
import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def canonical(value: Any) -> str:
    """Sorted keys, no spaces, text as it is: one value has one spelling."""
    return _ENCODER.encode(value)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
