"""What the board works with: projects, management, running work, procurements and ideas."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Case
from enamnd.organisation.models import Person
from meetings.models import Paragraph


class Activity(models.Model):
    """Something that the board follows (aktivitet), from idea to management.

    `time_plan` is as people write it; `starts_on` and `ends_on` hold the days where there are days. `status_line` is
    said beside, or instead of, the name of the phase.
    """

    class Kind(models.TextChoices):
        PROJECT = "project", "Projekt"
        PROCUREMENT = "procurement", "Upphandling"
        MANAGEMENT = "management", "Förvaltning"
        RUNNING = "running", "Löpande verksamhet"
        IDEA = "idea", "Idé"

    name = models.CharField("benämning", max_length=200)
    status_name = models.CharField(
        "benämning i statuslistan", max_length=200, blank=True, help_text="Om den ska heta något annat där."
    )
    kind = models.CharField("slag", max_length=20, choices=Kind)
    form = models.CharField(
        "samverkansform", max_length=100, blank=True, help_text="Till exempel gemensam upphandling eller nätverk."
    )
    area = models.CharField("strategiskt område", max_length=100, blank=True)
    purpose = models.TextField("syfte", blank=True)
    benefit = models.TextField("nytta", blank=True, help_text="Vad det ger, ställt mot vad det kostar.")
    potential = models.TextField("potentiellt utfall", blank=True, help_text="Vad det kan leda till, om det lyckas.")
    time_plan = models.CharField(
        "tidplan", max_length=200, blank=True, help_text="Som i verksamhetsplanen: 2022–2024, 2022-, Q1 2025, Löpande."
    )
    starts_on = models.DateField("börjar", null=True, blank=True)
    ends_on = models.DateField("slutar", null=True, blank=True)
    status_line = models.CharField(
        "status i ord", max_length=200, blank=True, help_text="Förstudie genomförd 2019, projekt förbereds"
    )
    responsible = models.CharField("ansvarig", max_length=150, blank=True)
    responsible_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ansvarig person"
    )
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="beslutad i"
    )
    decision = models.CharField(
        "beslutad", max_length=200, blank=True, help_text="När paragrafen inte finns i portalen: 2019-03-13 § 7"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ärende")
    financing = models.CharField("finansiering", max_length=200, blank=True, help_text="Hur den är säkrad.")
    financed_on = models.DateField("finansieringen säkrad", null=True, blank=True)
    role_continues = models.CharField(
        "nämndens fortsatta roll", max_length=200, blank=True, help_text="Det särskilda beslutet om den."
    )
    comment = models.TextField("kommentar i verksamhetsplanen", blank=True)
    in_plan = models.BooleanField("står i verksamhetsplanen", default=False)
    is_reported = models.BooleanField("rapporteras i statuslistan", default=True)
    position = models.PositiveSmallIntegerField("ordning i planen", default=0)
    priority = models.PositiveSmallIntegerField("prioritet", null=True, blank=True, help_text="1 är viktigast.")
    answer_by = models.DateField("kommunerna svarar senast", null=True, blank=True)
    closed_on = models.DateField("avslutad", null=True, blank=True)
    put_aside_because = models.CharField("lagd åt sidan därför att", max_length=300, blank=True)
    revision = models.PositiveIntegerField("ändring nr", default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="one_activity_per_kind_and_name",
                violation_error_message="Det finns redan en aktivitet av samma slag med den benämningen.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="an_activity_ends_after_it_begins",
                violation_error_message="Aktiviteten slutar före den börjar.",
            ),
            models.CheckConstraint(
                condition=Q(put_aside_because="") | Q(closed_on__isnull=False),
                name="what_is_put_aside_says_since_when",
                violation_error_message="Skriv vilken dag idén lades åt sidan.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:activity", args=[self.pk])

    @property
    def name_in_list(self) -> str:
        return self.status_name or self.name


class ActivityLink(models.Model):
    """How two activities belong together (samband): one thing seen twice, or one that waits for the other."""

    class Kind(models.TextChoices):
        SAME = "same", "Samma sak"
        NEEDS = "needs", "Är beroende av"
        BECAME = "became", "Har blivit"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="links", verbose_name="aktivitet")
    other = models.ForeignKey(Activity, models.PROTECT, related_name="links_here", verbose_name="annan aktivitet")
    kind = models.CharField("samband", max_length=20, choices=Kind)
    note = models.CharField("anmärkning", max_length=200, blank=True)

    class Meta:
        verbose_name = "samband"
        verbose_name_plural = "samband"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "other", "kind"], name="two_activities_are_linked_once"),
            models.CheckConstraint(
                condition=~Q(activity=F("other")),
                name="an_activity_is_linked_to_another",
                violation_error_message="En aktivitet kan inte höra ihop med sig själv.",
            ),
        ]

    def __str__(self):
        return f"{self.activity} – {self.other}"
