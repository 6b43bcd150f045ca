"""The verbs of the store, one module for each matter."""
