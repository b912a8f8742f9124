"""Who logs in, and which roles they have."""

from datetime import date
from functools import cached_property

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Municipality, Person, ValidOn

from .roles import ROLE_CHOICES, ROLES, Permission


class UserManager(BaseUserManager):
    """Accounts are known by their e-mail address."""

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """The first account of an installation: administrator, and admitted to the admin pages."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.grants.create(role="administrator", valid_from=timezone.localdate())
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """An account (konto): a person who may log in."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField("e-post", unique=True)
    name = models.CharField("namn", max_length=150)
    person = models.OneToOneField(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="account",
        verbose_name="person i registret",
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konton"
        ordering = ["name"]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @cached_property
    def grants_in_force(self) -> list["RoleGrant"]:
        return list(self.grants.valid_on(timezone.localdate()).select_related("municipality"))

    @cached_property
    def permissions_in_force(self) -> frozenset[str]:
        return frozenset().union(*(ROLES[grant.role].permissions for grant in self.grants_in_force))

    def may(self, permission: Permission) -> bool:
        """Whether a role that holds today gives `permission`. One query for each user object."""
        return self.is_active and permission in self.permissions_in_force


class RoleGrant(models.Model):
    """A role given to an account for a time (tilldelad roll), for one municipality where the role is so bound."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name="konto")
    role = models.CharField("roll", max_length=30, choices=ROLE_CHOICES)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="kommun"
    )
    valid_from = models.DateField("från", default=date.today)
    valid_until = models.DateField("till", null=True, blank=True)

    objects = ValidOn.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "tilldelad roll"
        verbose_name_plural = "tilldelade roller"
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_role_ends_after_it_begins",
                violation_error_message="Rollen slutar före den börjar.",
            )
        ]

    def __str__(self):
        place = f", {self.municipality}" if self.municipality else ""
        return f"{self.user}: {self.get_role_display()}{place}"
