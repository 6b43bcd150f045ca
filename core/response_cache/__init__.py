"""Answers to anonymous readers, kept until something they show changes.

A view says what its answer shows, a change says what it touched:

    response_cache.depends_on("page:12", "under:12")     # while answering
    response_cache.purge("page:12")                      # in the transaction of the change

Two places keep answers. A table (`store`) holds them for all processes, and each web process holds
those it has given out lately (`front`), in front of Django. Both are exact, without a time to live
as their guard: a row is valid only while every purge of its tags was visible to the snapshot in
which it was rendered, and processes hear of each purge at its commit (LISTEN / NOTIFY). A view that
names no tag is never kept. Why and at what price: docs/decisions/0009.
"""

from .tags import EVERYTHING, FRAME, depends_on, forget_after, purge

__all__ = ["EVERYTHING", "FRAME", "depends_on", "forget_after", "purge"]
