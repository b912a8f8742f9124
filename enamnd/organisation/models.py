"""The board, its municipalities, and who sits where, from when to when."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.se import orgnr

from .board_rules import DEFAULT_RULES
from .words import DEFAULT_PAPER, DEFAULT_WORDS


def check_org_number(value: str):
    """Refuse an organisation number whose check digit is wrong (Luhn, Peppol SE-R-013)."""
    try:
        orgnr.validate(value)
    except InvalidNumber as error:
        raise ValidationError(
            f"Organisationsnumret {value} stämmer inte: kontrollera siffrorna, den sista är en kontrollsiffra."
        ) from error


class ValidOn(models.QuerySet):
    """Rows that hold from one day until another."""

    def valid_on(self, day: date):
        """Rows in force on `day`; an empty end means until further notice."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )

    def valid_within(self, first: date, last: date):
        """Rows in force on any day from `first` to `last`, both included."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=last)).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=first)
        )


class Municipality(models.Model):
    """A party of the board: a municipality or a region (kommun, region)."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommun"
        REGION = "region", "Region"

    name = models.CharField("namn", max_length=100, unique=True, help_text="Som i närvarolistan: Luleå")
    full_name = models.CharField("fullständigt namn", max_length=150, help_text="Luleå kommun")
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.MUNICIPALITY)
    org_number = models.CharField(
        "organisationsnummer",
        max_length=11,
        null=True,
        blank=True,
        unique=True,
        validators=[check_org_number],
    )
    code = models.CharField("kommunkod", max_length=4, blank=True)
    population = models.PositiveIntegerField("folkmängd", null=True, blank=True)
    population_on = models.DateField("folkmängd per den", null=True, blank=True)
    postal_address = models.TextField("postadress", blank=True)
    email = models.EmailField("e-post till registrator", blank=True)
    website = models.URLField("webbplats", blank=True)
    notice_board = models.URLField("digital anslagstavla", blank=True)
    is_party = models.BooleanField("ingår i samverkan", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kommun eller region"
        verbose_name_plural = "kommuner och regioner"
        ordering = ["name"]

    def __str__(self):
        return self.name


def default_words():
    return dict(DEFAULT_WORDS)


def default_paper():
    return dict(DEFAULT_PAPER)


def default_rules():
    return dict(DEFAULT_RULES)


class Board(models.Model):
    """The joint board itself (gemensam nämnd), and the words and forms that it uses. One row an installation."""

    name = models.CharField("namn", max_length=150)
    short_name = models.CharField("kortnamn", max_length=60, help_text="Som i löpande text: e-nämnden")
    host = models.ForeignKey(Municipality, models.PROTECT, verbose_name="värd", related_name="+")
    diary_prefix = models.CharField("diarieprefix", max_length=20, blank=True)
    case_number_format = models.CharField(
        "ärendenummer",
        max_length=80,
        default="{year}/{serial}-{classification}",
        help_text="{prefix}, {year}, {serial} och {classification} byts ut.",
    )
    document_number_format = models.CharField("handlingsnummer", max_length=80, default="{year}.{serial}")
    words = models.JSONField("ord", default=default_words, help_text="Rubriker och benämningar, se README.")
    paper = models.JSONField("papper", default=default_paper, help_text="Protokollets fasta fält, se README.")
    rules = models.JSONField("regler", default=default_rules, help_text="Nämndens egna regler, se README.")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "nämnd"
        verbose_name_plural = "nämnd"

    def __str__(self):
        return self.name

    def word(self, key: str) -> str:
        """The board's own word for `key` (see words.py), or the usual one."""
        return self.words.get(key) or DEFAULT_WORDS[key]

    def paper_field(self, key: str):
        """The board's own fixed text or list for `key` on its papers (see words.py), or the usual one."""
        return self.paper.get(key, DEFAULT_PAPER[key])

    def rule(self, key: str):
        """The board's own rule for `key` (see board_rules.py), or the usual one."""
        return self.rules.get(key, DEFAULT_RULES[key])


class Person(models.Model):
    """Somebody with a name in the board's papers (person): elected, employed or invited."""

    name = models.CharField("namn", max_length=150)
    political_party = models.CharField("parti", max_length=20, blank=True)
    organisation = models.CharField("organisation", max_length=200, blank=True)
    title = models.CharField("titel", max_length=150, blank=True)
    email = models.EmailField("e-post", blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def name_with_party(self) -> str:
        return f"{self.name} ({self.political_party})" if self.political_party else self.name


class Body(models.Model):
    """A group that meets (organ): the board's meeting, the preparatory group, a steering group. Also those who gather
    for strategy days or training, whose days stand in the calendar like any meeting."""

    class Kind(models.TextChoices):
        BOARD = "board", "Nämnd"
        PREPARATORY = "preparatory", "Beredningsgrupp"
        WORKING = "working", "Arbetsgrupp"
        STEERING = "steering", "Styrgrupp"
        REFERENCE = "reference", "Referensgrupp"
        STRATEGY_DAY = "strategy_day", "Strategidag"
        TRAINING = "training", "Utbildning"

    name = models.CharField("namn", max_length=150, unique=True)
    short_name = models.CharField("kortnamn", max_length=60, blank=True)
    kind = models.CharField("slag", max_length=20, choices=Kind)
    numbers_paragraphs = models.BooleanField(
        "numrerar paragrafer",
        default=True,
        help_text="Paragraferna får nummer i följd per organ och kalenderår.",
    )
    valid_from = models.DateField("från", null=True, blank=True)
    valid_until = models.DateField("till", null=True, blank=True)

    objects = ValidOn.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "organ"
        verbose_name_plural = "organ"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Seat(models.Model):
    """A place in a body that a municipality fills (plats): member or substitute (KL 9 kap. 24 §)."""

    class Kind(models.TextChoices):
        MEMBER = "member", "Ledamot"
        SUBSTITUTE = "substitute", "Ersättare"

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats", verbose_name="organ")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="seats", verbose_name="kommun")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    order = models.PositiveSmallIntegerField("ordning", default=1, help_text="Ersättare kallas in i denna ordning.")
    valid_from = models.DateField("från", null=True, blank=True)
    valid_until = models.DateField("till", null=True, blank=True)

    objects = ValidOn.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "plats"
        verbose_name_plural = "platser"
        ordering = ["body", "kind", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "municipality", "kind", "order"],
                name="one_seat_per_municipality_kind_and_order",
                violation_error_message="Kommunen har redan en sådan plats i organet.",
            )
        ]

    def __str__(self):
        return f"{self.municipality}, {self.get_kind_display().lower()} i {self.body}"


class Mandate(models.Model):
    """A person's term on a seat (uppdrag), and the council's decision that gave it (KL 9 kap. 24 §, 6 kap. 19 §)."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="mandates", verbose_name="plats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name="person")
    political_party = models.CharField("parti", max_length=20, blank=True)
    appointed_by = models.CharField("vald av", max_length=150, blank=True, help_text="Kommunfullmäktige i Boden")
    appointed_on = models.DateField("beslutsdatum", null=True, blank=True)
    decision = models.CharField("beslut", max_length=60, blank=True, help_text="§ 112")
    decides_as_officer = models.BooleanField("får fatta tjänstemannabeslut", default=False)
    valid_from = models.DateField("från")
    valid_until = models.DateField("till", null=True, blank=True)

    objects = ValidOn.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_mandate_ends_after_it_begins",
                violation_error_message="Uppdraget slutar före det börjar.",
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.seat}"

    @property
    def name_with_party(self) -> str:
        return f"{self.person.name} ({self.political_party})" if self.political_party else self.person.name


class Office(models.Model):
    """A role in a body for a time (roll): chair, vice chair, secretary, coordinator."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Ordförande"
        VICE_CHAIR = "vice_chair", "Vice ordförande"
        SECOND_VICE_CHAIR = "second_vice_chair", "Andre vice ordförande"
        SECRETARY = "secretary", "Sekreterare"
        COORDINATOR = "coordinator", "Samordnare"

    body = models.ForeignKey(Body, models.PROTECT, related_name="offices", verbose_name="organ")
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices", verbose_name="person")
    role = models.CharField("roll", max_length=30, choices=Role)
    valid_from = models.DateField("från")
    valid_until = models.DateField("till", null=True, blank=True)

    objects = ValidOn.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "roll"
        verbose_name_plural = "roller"
        ordering = ["role", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="an_office_ends_after_it_begins",
                violation_error_message="Rollen slutar före den börjar.",
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.get_role_display().lower()} i {self.body}"
