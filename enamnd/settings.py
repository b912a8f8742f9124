"""Settings of the portal: all that differs between installations comes from the environment (README, Inställningar)."""

from pathlib import Path

import environ
import structlog
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from enamnd.log import one_line_a_request, without_secrets

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))

if DEBUG:
    SECRET_KEY = env("SECRET_KEY", default="enbart-for-utveckling-aldrig-i-drift-0123456789-abcdefghij")
elif not (SECRET_KEY := env("SECRET_KEY", default="")):
    raise ImproperlyConfigured(
        "SECRET_KEY saknas. Portalen startar inte utan en hemlig nyckel på minst 50 tecken i miljövariabeln "
        "SECRET_KEY. `make run` gör en åt dig; i drift anger du den själv (se README, Inställningar)."
    )

# Addresses -----------------------------------------------------------------------------------------------------------

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_URL = env("PORTAL_URL", default=f"http://{env('HOST', default='127.0.0.1')}:{env('PORT', default='8000')}")
PORTAL_URL = PORTAL_URL.rstrip("/")  # where the links of letters lead: they are written where no request is
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = False  # read by static/js to send autosaves
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"  # the view of the protocol PDF alone allows the portal itself to frame it
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # log-in attempts are counted by the address that the proxy saw

ROOT_URLCONF = "enamnd.urls"
WSGI_APPLICATION = "enamnd.wsgi.application"

# Apps ----------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "riskcontrol",
    "finance",
    "projects",
    "meetings",
    "enamnd.documents",
    "enamnd.letters",  # before django_tasks_db: its db_worker looks for lost letters first
    "enamnd.accounts",
    "enamnd.organisation",
    "enamnd.journal",
    "enamnd",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for FORM_RENDERER
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "simple_history",
    "django_htmx",
    "django_prose_editor",
    "js_asset",
    "csp",
    "django_structlog",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "enamnd.answers.RefusalPage",
    "enamnd.answers.KnownNumbers",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "enamnd.navigation.navigation",
            ],
            "builtins": ["enamnd.templatetags.swedish"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database ------------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'enamnd.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}
SILENCED_SYSTEM_CHECKS = ["models.W038"]  # SQLite keeps no deferred constraints; its writers take turns anyway
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entry"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People --------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "enamnd.accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {
    "login": "enamnd.accounts.login_forms.LoginForm",
    "reset_password": "enamnd.accounts.login_forms.ResetPasswordForm",
    "reset_password_from_key": "enamnd.accounts.login_forms.ResetPasswordKeyForm",
    "change_password": "enamnd.accounts.login_forms.ChangePasswordForm",
}
SOCIALACCOUNT_ADAPTER = "enamnd.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link, not a form: form-action lets no form end outside the portal
SOCIALACCOUNT_PROVIDERS = env.json("LOGIN_PROVIDERS", default={})
MFA_ADAPTER = "enamnd.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "enamnd.accounts.login_forms.CodeForm",
    "reauthenticate": "enamnd.accounts.login_forms.CodeAgainForm",
    "activate_totp": "enamnd.accounts.login_forms.ConnectAppForm",
    "add_webauthn": "enamnd.accounts.login_forms.AddKeyForm",
    "edit_webauthn": "enamnd.accounts.login_forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a code may grow half a minute old on its way from the telephone (RFC 6238, 5.2)
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator gave the address, and the invitation went to it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SAMPLE_PASSWORD = env("SAMPLE_PASSWORD", default="norrsken-over-alven")  # of the sample accounts alone

# Language and time ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
LOCALE_PATHS = [BASE_DIR / "enamnd" / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

# Files ---------------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "enamnd.static_files.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False  # papers are typeset with the plain names
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Signatures ----------------------------------------------------------------------------------------------------------

# Not SIGNING_BACKEND: with a setting of that name Django signs its cookies.
PAPER_SIGNING_BACKEND = env("SIGNING_BACKEND", default="enamnd.documents.signing.embedded.EmbeddedBackend")
SIGNING_DIR = DATA_DIR / "signing"  # the key of the portal's own authority
SIGNING_PKCS12 = env("SIGNING_PKCS12", default="")
SIGNING_PKCS12_PASSWORD = env("SIGNING_PKCS12_PASSWORD", default="")
SIGNING_PKCS11_MODULE = env("SIGNING_PKCS11_MODULE", default="")
SIGNING_PKCS11_TOKEN = env("SIGNING_PKCS11_TOKEN", default="")
SIGNING_PKCS11_PIN = env("SIGNING_PKCS11_PIN", default="")
SIGNING_PKCS11_LABEL = env("SIGNING_PKCS11_LABEL", default="")
SIGNING_TIMESTAMP_URL = env("SIGNING_TIMESTAMP_URL", default="")
SIGNING_TIMESTAMP_ROOTS = env("SIGNING_TIMESTAMP_ROOTS", default="")
SIGNING_TIMEOUT = env.float("SIGNING_TIMEOUT", default=10)  # seconds that the time-stamp service gets
VERIFICATION_MAX_MEGABYTES = env.int("VERIFICATION_MAX_MEGABYTES", default=100)

# What the browser may load -------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# Mail and log --------------------------------------------------------------------------------------------------------

EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds that the mail server has to answer
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="portalen@localhost")

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        one_line_a_request,
        without_secrets,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
    },
}
