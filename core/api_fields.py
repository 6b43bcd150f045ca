"""Fields of the content API that pages of several rooms have."""

from rest_framework import serializers


class MomentField(serializers.DateTimeField):
    """A moment under another name than its column's."""
