# SPDX-License-Identifier: Apache-2.0
"""Django's settings, from the environment and the home folder."""

from pathlib import Path
from typing import Final

from upheld.config import environment
from upheld.storage import sqlite

sqlite.swap_in()  # before Django loads its SQLite backend

ENVIRONMENT: Final = environment.read()
_PACKAGE = Path(__file__).resolve().parents[1]
_WEB = _PACKAGE / "web"
_SECRETS = environment.secrets(ENVIRONMENT.home)
# Before `upheld setup` nothing can be served: every use of an empty secret is refused by Django and by the rooms.
SECRET_KEY = _SECRETS["django"] if _SECRETS else ""

UPHELD = {
    "HOME": ENVIRONMENT.home,
    "PROVIDER_KEYS": ENVIRONMENT.home / "provider-keys",
    "LOG_KEYS": ENVIRONMENT.home / "log-keys",
    "SECRETS": {name: bytes.fromhex(str(value)) for name, value in _SECRETS.items()} if _SECRETS else {},
    "WITNESS_URL": ENVIRONMENT.witness_url,
    "WITNESS_VKEY": ENVIRONMENT.witness_vkey,
    "SMS_URL": ENVIRONMENT.sms_url,
    "SMTP_URL": ENVIRONMENT.smtp_url,
    "PROXIES": ENVIRONMENT.proxies,
    "REGION": "cn",
}

DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
DATABASES = ENVIRONMENT.databases
DATABASE_ROUTERS = ["upheld.storage.router.StoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["upheld.apps.UpheldConfig", "django.contrib.staticfiles", "django_htmx"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # personal data is never cached

ROOT_URLCONF = "upheld.config.urls"
WSGI_APPLICATION = "upheld.config.wsgi.application"
MIDDLEWARE = [
    "upheld.config.middleware.HTTPSOnly",
    "upheld.web.kit.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "upheld.config.middleware.RequestTime",
    "django.middleware.locale.LocaleMiddleware",
    "upheld.config.middleware.ReplayFirst",
    "upheld.web.kit.errors.HouseErrors",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_WEB / room / "templates" for room in ("kit", "portal", "console")],
        "APP_DIRS": False,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "upheld.web.kit.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "upheld.web.kit.context.house",
            ],
        },
    }
]

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # what pages show; what is stored is UTC
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [_WEB / room / "locale" for room in ("kit", "portal", "console")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATICFILES_DIRS = [_WEB / "kit" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = not ENVIRONMENT.insecure_loopback
CSRF_FAILURE_VIEW = "upheld.web.kit.errors.csrf_failure"
SESSION_COOKIE_SECURE = not ENVIRONMENT.insecure_loopback
INSECURE_LOOPBACK = ENVIRONMENT.insecure_loopback
# Forms name an origin of https: where a declared proxy ends it, Django must know, or it takes each for a forged one.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # no temporary files on disk
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
APPEND_SLASH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING_CONFIG = "upheld.config.logs.configure"
LOGGING = {"impersonal": True}  # Django calls the line above only if this says something
