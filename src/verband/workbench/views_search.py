"""Search over names of things and incidents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Where does this name occur?"""
    return render(request, "error.html", {"message": "search", "hint": "", "status": 200})
