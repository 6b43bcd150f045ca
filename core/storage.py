"""Where files lie: static ones under names that change with their content, private ones without a name."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also follows `import` in our ES modules, so a changed module is fetched anew."""

    support_js_module_import_aggregation = True


def private() -> FileSystemStorage:
    """Files that have no address: only a view that checks who asks may send them."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT, base_url=None)
