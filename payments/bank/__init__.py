"""The bank across the street, for development and tests: three providers in one small server on loopback.

    python -m payments.bank PORT FILE [--callbacks http://127.0.0.1:8000/odeme/bildirim/{provider}/]

It speaks the wire protocols of iyzico, PayTR and Param, checks the signature of every request, signs what it
says itself, shows a page where a customer chooses what happens, and keeps a book of all money of its own.
Nothing here is shared with `payments.providers`: what one side has misunderstood, the other must not repeat.
"""
