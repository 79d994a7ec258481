"""Faults on purpose: real processes are killed, frozen and refused, and nothing may be lost."""
