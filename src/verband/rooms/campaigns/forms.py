"""What a person fills in about a campaign."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """A decision's reason. It may not be empty; the error stands beside the field."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "required": True}),
        error_messages={"required": _("A decision needs a reason. Write in one sentence why.")},
    )
