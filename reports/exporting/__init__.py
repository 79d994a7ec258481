"""A year's dossier as one zip: long work, made in a process of its own.

The row of `Export` is the queue and the lease; Celery only wakes up.
"""
