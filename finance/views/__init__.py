"""Pages about prices and earnings."""
