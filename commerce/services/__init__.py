"""Verbs of the store, one module for each matter."""
