"""The tag by which a page shows what other rooms offer for it, and the words of a marking."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.language.markings import CLASSIFICATION, Marking
from verband.rooms.asking import page_language
from verband.workbench.panels import draw

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: template.Context, slot: str, subject: object) -> SafeString:
    """Every panel for that slot that this reader may see, in order; empty where there is none."""
    return draw(context["request"], slot, subject)


@register.filter
def release_words(marking: Marking) -> str:
    """Who may see something so marked, in a sentence: the TLP's own definition, classification and communities."""
    language = page_language()
    words = [catalogue("tlp").get(marking.tlp).definition(language)]
    if marking.classification != CLASSIFICATION[0]:
        label = catalogue("classification").get(marking.classification).label(language)
        words.append(_("Only for ceilings of %(label)s or higher.") % {"label": label})
    if marking.releasable_to is not None:
        names = ", ".join(sorted(marking.releasable_to))
        words.append(
            _("Only for members of: %(names)s.") % {"names": names} if names else _("Released to nobody so far.")
        )
    return " ".join(filter(None, words))
