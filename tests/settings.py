"""The portal's own settings, with what a test run does differently and why."""

import os
import tempfile
from pathlib import Path

from tests import databases

os.environ.setdefault("SECRET_KEY", "enbart-for-prov-aldrig-i-drift-0123456789-abcdefghijklmnop")
os.environ.setdefault("HTTPS", "0")
os.environ.setdefault("LOG_LEVEL", "WARNING")
if url := databases.address(os.environ):
    os.environ["DATABASE_URL"] = url

from enamnd.settings import *  # noqa: F403
from enamnd.settings import DATABASES, STORAGES

DATABASES = {"default": databases.for_tests(DATABASES["default"])}
# Not where a portal that runs on this machine keeps the key that people trust. The folder goes with the process.
_signing = tempfile.TemporaryDirectory(prefix="signing-", ignore_cleanup_errors=True)
SIGNING_DIR = Path(_signing.name) / "signing"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; the strength of hashes is Django's matter

# Straight from static/, without a collectstatic before the run.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
