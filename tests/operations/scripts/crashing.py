# SPDX-License-Identifier: Apache-2.0
"""Addresses whose views fail in every way that quotes values: mounted by `erring.py` alone."""

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from upheld.config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from upheld.storage.deployment import Deployment


def phone(request):
    return request.POST.get("phone") or request.GET["phone"]


def crash(request):
    number = phone(request)
    raise ValueError(f"no such number: {number}")


def nested(request):
    try:
        crash(request)
    except ValueError as error:
        raise RuntimeError(phone(request)) from error


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    return HttpResponse()


def duplicate(request):
    run("CREATE TABLE IF NOT EXISTS trial (number text PRIMARY KEY, other text NOT NULL)")
    run("DELETE FROM trial")
    try:
        run("INSERT INTO trial VALUES (%s, 'x')", phone(request))
        run("INSERT INTO trial VALUES (%s, 'x')", phone(request))
    finally:
        run("DELETE FROM trial")


def null(request):
    run("CREATE TABLE IF NOT EXISTS trial (number text PRIMARY KEY, other text NOT NULL)")
    run("INSERT INTO trial VALUES (%s, NULL)", phone(request))


def bad_type(request):
    Deployment.objects.filter(id=phone(request)).first()


def bad_cast(request):
    run("SELECT CAST(%s AS json)" if connection.vendor == "postgresql" else "SELECT json(%s)", phone(request) + "{")


def timeout(request):
    if connection.vendor == "postgresql":
        run("SET statement_timeout = 20")
        run("SELECT pg_sleep(2), %s", phone(request))
    run("SELECT number FROM no_such_table WHERE number = %s", phone(request))


VIEWS = (crash, nested, duplicate, null, bad_type, bad_cast, timeout)
urlpatterns = [path(f"{view.__name__}/<str:tail>", lambda request, tail, view=view: view(request)) for view in VIEWS]
