"""Who works here: organisations with their legal task, communities, persons, mandates, sign-in links."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from verband.language.markings import CLASSIFICATION, TLP


class Organisation(models.Model):
    """A body with a registered legal task. Its profile says which rooms and methods it may use; none, no method."""

    key = models.SlugField(unique=True)
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    legal_task = models.TextField()
    legal_basis = models.TextField(blank=True)
    profile = models.CharField(max_length=40, blank=True)
    source = models.TextField(help_text="Where the task and the basis are stated.")
    verified = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name_en


class Community(models.Model):
    """A closed group to whose members records are released, with its purpose, basis and end."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    purpose = models.TextField()
    basis = models.TextField()
    ends_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Accounts are made by `services.add_person` alone."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """A user of the workbench: one organisation, one role, one ceiling."""

    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    role = models.CharField(max_length=20)
    tlp = models.CharField(max_length=20, default="CLEAR", choices=[(word, word) for word in TLP])
    classification = models.CharField(
        max_length=40, default=CLASSIFICATION[0], choices=[(word, word) for word in CLASSIFICATION]
    )
    communities = models.ManyToManyField(Community, blank=True)
    #: `nl` or `en` as chosen; empty where the browser's language holds.
    language = models.CharField(max_length=2, default="", blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return self.username


class Mandate(models.Model):
    """A power of an organisation, held by a person or by whoever has a function; it needs a source (R105)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates")
    function = models.CharField(max_length=200)
    power = models.CharField(max_length=60)
    legal_basis = models.TextField()
    source = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)


class SignInLink(models.Model):
    """A link that signs one person in once. Only the digest of its token is kept."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
