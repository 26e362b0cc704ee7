"""The list of incidents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def incidents(request: HttpRequest) -> HttpResponse:
    """Which incidents match?"""
    return render(request, "error.html", {"message": "incidents", "hint": "", "status": 200})
