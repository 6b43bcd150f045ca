"""Where files lie: static ones under names that change with their content, private ones without a name."""

import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also follows `import` in our ES modules, so a changed module is fetched anew."""

    support_js_module_import_aggregation = True


class Private(FileSystemStorage):
    """Files that have no address: only a view that checks who asks may send them."""

    def __init__(self) -> None:
        super().__init__()

    @property
    def base_location(self) -> str:  # type: ignore[override]
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:  # type: ignore[override]
        return os.path.abspath(self.base_location)

    @property
    def base_url(self) -> None:  # type: ignore[override]
        return None


def private() -> Storage:
    return storages["private"]
