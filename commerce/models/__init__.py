from .listings import DueListing, Listing, Word

__all__ = ["DueListing", "Listing", "Word"]
