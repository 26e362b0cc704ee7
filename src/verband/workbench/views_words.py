"""Help and word lists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def help_page(request: HttpRequest) -> HttpResponse:
    """Help."""
    return render(request, "error.html", {"message": "help", "hint": "", "status": 200})


def catalogues(request: HttpRequest) -> HttpResponse:
    """Lists."""
    return help_page(request)


def catalogue_page(request: HttpRequest, name: str) -> HttpResponse:
    """List."""
    return help_page(request)
