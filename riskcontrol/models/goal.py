"""What the board wants to reach: direction and effects over years, goals and indicators a year, and how it goes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Body, Municipality, Person
from meetings.models import CouncilMatter, Paragraph
from projects.models import Activity

from .risk import Risk


class GoalPlan(models.Model):
    """The goals of one year (årets mål), under a strategic direction (strategisk riktning)."""

    year = models.PositiveSmallIntegerField("år", unique=True)
    direction = models.TextField("strategisk riktning", blank=True)
    effect_intro = models.TextField("inledning till effektmålen", blank=True)
    intro = models.TextField("inledning till målen", blank=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name="bygger på"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "årets mål"
        verbose_name_plural = "årens mål"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2199),
                name="goals_are_for_a_year_of_ours",
                violation_error_message="Skriv ett år från 1990 till 2199.",
            ),
        ]

    def __str__(self):
        return f"Mål {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:goal_year", args=[self.year])


class EffectGoal(models.Model):
    """An effect that the board is to have over several years (effektmål). An empty last year: until further notice."""

    text = models.CharField("effektmål", max_length=500)
    position = models.PositiveSmallIntegerField("ordning", default=1)
    first_year = models.PositiveSmallIntegerField("från år")
    last_year = models.PositiveSmallIntegerField("till och med år", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "effektmål"
        verbose_name_plural = "effektmål"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="an_effect_goal_ends_after_it_begins",
                violation_error_message="Effektmålet slutar före det börjar.",
            ),
        ]

    def __str__(self):
        return self.text


class Goal(models.Model):
    """A result that the board is to reach in the year (mål). What the budget pays for it stands in GoalMoney.

    `money` is in whole kronor, and is what comes from elsewhere: a grant, the municipalities' own time.

    A goal that `depends_on_councils` is reached in two parts: the board's own, and what every party's council decides.
    """

    plan = models.ForeignKey(GoalPlan, models.PROTECT, related_name="goals", verbose_name="år")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.CharField("mål", max_length=700)
    responsible = models.CharField("ansvarig", max_length=200, blank=True, help_text="Roll eller organ.")
    effects = models.ManyToManyField(EffectGoal, blank=True, related_name="goals", verbose_name="bidrar till")
    depends_on_councils = models.BooleanField("kräver beslut i fullmäktige", default=False)
    matter = models.ForeignKey(
        CouncilMatter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fråga till fullmäktige"
    )
    activities = models.ManyToManyField(Activity, blank=True, related_name="goals", verbose_name="aktiviteter")
    risks = models.ManyToManyField(Risk, blank=True, related_name="goals", verbose_name="risker")
    money = models.PositiveBigIntegerField("medel vid sidan av budgeten, kr", null=True, blank=True)
    money_from = models.CharField("varifrån", max_length=200, blank=True, help_text="Till exempel ett bidrag.")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="fortsätter"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_goal_per_year_and_number"),
            models.CheckConstraint(
                condition=Q(matter__isnull=True) | Q(depends_on_councils=True),
                name="a_goal_with_a_council_matter_depends_on_councils",
                violation_error_message="Kryssa för att målet kräver beslut i fullmäktige.",
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:goal", args=[self.pk])


class Indicator(models.Model):
    """What shows whether a goal is reached (indikator): what is counted, and how much is enough.

    `target` is a number of occasions, agreements, municipalities or units, or whole per cent of attendance; `aim` is
    what is striven for beyond it. `all_parties` means that every municipality must have done it.
    """

    class Kind(models.TextChoices):
        AT_LEAST = "at_least", "Minst så många gånger under året"
        TURNOUT = "turnout", "Närvaro i genomsnitt"
        AGREEMENTS = "agreements", "Antal gällande avtal"
        PARTIES = "parties", "Kommun för kommun"
        BY_HAND = "by_hand", "Ett värde som förs in"

    class Counting(models.TextChoices):
        PARTIES = "parties", "Kommuner som deltog, med ledamot eller ersättare"
        MEMBERS = "members", "Ledamöter som själva deltog"
        SERVING = "serving", "Platser där någon tjänstgjorde"

    plan = models.ForeignKey(GoalPlan, models.PROTECT, related_name="indicators", verbose_name="år")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.CharField("indikator", max_length=700)
    goals = models.ManyToManyField(Goal, blank=True, related_name="indicators", verbose_name="visar målen")
    kind = models.CharField("räknas som", max_length=20, choices=Kind)
    target = models.DecimalField("mål", max_digits=14, decimal_places=2, null=True, blank=True)
    aim = models.DecimalField("eftersträvas", max_digits=14, decimal_places=2, null=True, blank=True)
    all_parties = models.BooleanField("alla kommuner", default=False)
    unit = models.CharField("enhet", max_length=40, blank=True, help_text="Till exempel: möten, insatser, kr.")
    counting = models.CharField("räkna", max_length=20, choices=Counting, default=Counting.PARTIES)
    bodies = models.ManyToManyField(Body, blank=True, related_name="+", verbose_name="organ")
    matter = models.ForeignKey(
        CouncilMatter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fullmäktiges beslut i"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="fortsätter"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_indicator_per_year_and_number"),
            models.CheckConstraint(
                condition=Q(target__isnull=False, target__gt=0) | Q(kind="parties", all_parties=True),
                name="an_indicator_has_a_target",
                violation_error_message="Skriv vad som är målet: ett tal större än noll.",
            ),
            models.CheckConstraint(
                condition=Q(aim__isnull=True) | Q(aim__gte=F("target")),
                name="an_aim_is_not_below_the_target",
                violation_error_message="Det som eftersträvas kan inte vara mindre än målet.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="turnout") | Q(target__lte=100),
                name="a_turnout_is_at_most_hundred_per_cent",
                violation_error_message="Närvaron kan vara högst 100 procent.",
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:indicator", args=[self.pk])


class Occasion(models.Model):
    """Something an indicator counts that is no meeting of a body (tillfälle): training, a study visit."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="occasions", verbose_name="indikator")
    held_on = models.DateField("dag")
    last_on = models.DateField("till och med", null=True, blank=True)
    name = models.CharField("vad", max_length=200)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "tillfälle"
        verbose_name_plural = "tillfällen"
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("held_on")),
                name="an_occasion_ends_after_it_begins",
                violation_error_message="Tillfället slutar före det börjar.",
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.held_on}"


class PartyMark(models.Model):
    """That a municipality has what an indicator asks for (kommunen klar): visited, in use, decided."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="marks", verbose_name="indikator")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    done_on = models.DateField("dag")
    note = models.CharField("anmärkning", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kommun som är klar"
        verbose_name_plural = "kommuner som är klara"
        ordering = ["indicator", "municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "municipality"], name="a_municipality_is_marked_once_for_an_indicator"
            ),
        ]

    def __str__(self):
        return f"{self.municipality}: {self.indicator}"


class IndicatorValue(models.Model):
    """What an indicator that is kept by hand stood at on a day (värde). The latest one counts."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name="indikator")
    measured_on = models.DateField("per den")
    value = models.DecimalField("värde", max_digits=14, decimal_places=2)
    note = models.CharField("varifrån", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "värde"
        verbose_name_plural = "värden"
        ordering = ["-measured_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "measured_on"],
                name="one_value_per_indicator_and_day",
                violation_error_message="Det finns redan ett värde för den dagen.",
            ),
        ]

    def __str__(self):
        return f"{self.measured_on}: {self.value}"


class GoalPeriod(models.Model):
    """A time that the goals are followed up for (period): a third of the year, up to an interim report.

    Where the board approved the follow-up it also adopted the action plan that stands in it (handlingsplan).
    """

    plan = models.ForeignKey(GoalPlan, models.PROTECT, related_name="periods", verbose_name="år")
    name = models.CharField("namn", max_length=100, help_text="Till exempel Delårsrapport januari–maj.")
    first_on = models.DateField("från")
    last_on = models.DateField("till och med")
    approved_on = models.DateField("godkänd", null=True, blank=True)
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="i paragrafen"
    )
    decision = models.CharField("beslut", max_length=200, blank=True, help_text="2022-06-22 § 16")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "uppföljningsperiod"
        verbose_name_plural = "uppföljningsperioder"
        ordering = ["-last_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="a_period_ends_after_it_begins",
                violation_error_message="Perioden slutar före den börjar.",
            ),
            models.UniqueConstraint(fields=["plan", "first_on"], name="one_period_of_a_year_begins_on_a_day"),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(paragraph__isnull=False) | ~Q(decision=""),
                name="an_approved_period_says_where_it_was_decided",
                violation_error_message="Välj paragrafen där uppföljningen godkändes, eller skriv datum och paragraf.",
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.plan.year}"

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:goal_period", args=[self.pk])


class Outlook(models.Model):
    """What is said of a goal or an indicator at the end of a period (kommentar och prognos).

    `councils` is the second part of the forecast, where every party's council must also decide.
    """

    class Forecast(models.TextChoices):
        REACHED = "reached", "Uppnått"
        WILL = "will", "Kommer att nås"
        RISK = "risk", "Risk att det inte nås"
        UNSURE = "unsure", "Osäkert"
        MISSED = "missed", "Nås inte"

    period = models.ForeignKey(GoalPeriod, models.PROTECT, related_name="outlooks", verbose_name="period")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="outlooks", verbose_name="mål")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="outlooks", verbose_name="indikator"
    )
    comment = models.TextField("kommentar", blank=True)
    forecast = models.CharField("prognos", max_length=20, choices=Forecast, blank=True)
    councils = models.CharField("prognos för fullmäktiges beslut", max_length=20, choices=Forecast, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("skrivet", auto_now=True)
    revision = models.PositiveIntegerField("ändring nr", default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kommentar och prognos"
        verbose_name_plural = "kommentarer och prognoser"
        ordering = ["period", "goal__number", "indicator__number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__isnull=False, indicator__isnull=True) | Q(goal__isnull=True, indicator__isnull=False),
                name="an_outlook_is_of_a_goal_or_an_indicator",
            ),
            models.UniqueConstraint(fields=["period", "goal"], name="one_outlook_per_period_and_goal"),
            models.UniqueConstraint(fields=["period", "indicator"], name="one_outlook_per_period_and_indicator"),
        ]

    def __str__(self):
        return f"{self.period}: {self.goal or self.indicator}"


class GoalMeasure(models.Model):
    """What is to be done so that a goal is reached (åtgärd i handlingsplanen): by whom, and by when."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="measures", verbose_name="mål")
    text = models.CharField("åtgärd", max_length=500)
    owner = models.CharField("ägare", max_length=200, help_text="Roll, organ eller namn.")
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="påminns"
    )
    due_on = models.DateField("klar senast")
    done_on = models.DateField("klar", null=True, blank=True)
    outcome = models.CharField("vad det blev av", max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "åtgärd i handlingsplanen"
        verbose_name_plural = "åtgärder i handlingsplanen"
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.text
