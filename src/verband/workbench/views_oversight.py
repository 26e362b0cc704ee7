"""Oversight."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def log(request: HttpRequest) -> HttpResponse:
    """Log."""
    return render(request, "error.html", {"message": "oversight", "hint": "", "status": 200})


def verify(request: HttpRequest) -> HttpResponse:
    """Check."""
    return log(request)


log.room = "oversight"  # type: ignore[attr-defined]
verify.room = "oversight"  # type: ignore[attr-defined]
