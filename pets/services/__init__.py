"""Verbs of this room, a noun to a file."""
