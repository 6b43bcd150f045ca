"""Formats of dates where Django's own are not how people write (FORMAT_MODULE_PATH)."""
