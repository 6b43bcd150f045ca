"""Static files under names that change with their content, so browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also follows `import` in our ES modules, so a changed module is fetched anew."""

    support_js_module_import_aggregation = True
