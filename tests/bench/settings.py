"""As development, with stock Wagtail's API beside ours."""

from dijivet.settings.dev import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
