"""What people have done in the portal: one row a verb, kept for ever."""

from django.db import models


class EventQuerySet(models.QuerySet):
    def about(self, subject: models.Model):
        """The trail of one object: what was done to it, or to something within it."""
        key = key_of(subject)
        return self.filter(models.Q(subject=key) | models.Q(within=key))

    def update(self, **kwargs):
        raise TypeError("Händelseloggen ändras inte.")

    def delete(self):
        raise TypeError("Händelseloggen raderas inte.")


class Event(models.Model):
    """Something that a person or the portal did (händelse).

    No foreign keys: the row outlives everything that it tells about, and names people as they were called then.
    """

    at = models.DateTimeField("tid", auto_now_add=True, db_index=True)
    actor = models.BigIntegerField("konto", null=True, help_text="Kontots nummer; tomt när portalen själv gjorde det.")
    actor_name = models.CharField("vem", max_length=200)
    verb = models.CharField("händelse", max_length=80, db_index=True)
    subject = models.CharField("vad", max_length=80, db_index=True)
    subject_name = models.CharField("benämning", max_length=300)
    within = models.CharField("inom", max_length=80, blank=True, db_index=True)
    data = models.JSONField("uppgifter", default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.verb} {self.subject_name}"


def key_of(thing: models.Model) -> str:
    """How the journal names an object: `meetings.meeting:12`."""
    return f"{thing._meta.label_lower}:{thing.pk}"
