"""Upload."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def upload(request: HttpRequest) -> HttpResponse:
    """Bring a file in."""
    return render(request, "error.html", {"message": "upload", "hint": "", "status": 200})


def result(request: HttpRequest, job: str) -> HttpResponse:
    """Result."""
    return upload(request)


def rejects(request: HttpRequest, job: str) -> HttpResponse:
    """Rejects."""
    return upload(request)
