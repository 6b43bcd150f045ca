"""`make bench`: what readers and editors cost, next to stock Wagtail and a bare Django view in one run.

Served by gunicorn (2 workers × 4 threads) with the demo content. On a shared machine believe the columns
in this order: SQL and Python calls (exact), CPU ratio (one run), requests a second.
"""
