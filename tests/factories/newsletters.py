"""Newsletters and those who have asked for them."""

from meetings.models import Newsletter, NewsletterReader

from .accounts import user
from .serial import numbers


def newsletter(**fields) -> Newsletter:
    """A draft with a sentence in it."""
    by = fields.pop("by", None) or user("secretary")
    return Newsletter.objects.create(**{"title": "Nytt från nämnden", "html": "<p>Hej.</p>", "begun_by": by} | fields)


def newsletter_reader(name: str = "Kim Kontakt", **fields) -> NewsletterReader:
    by = fields.pop("by", None) or user("secretary")
    defaults = {"email": f"kontakt{next(numbers)}@prov.example", "added_by": by}
    return NewsletterReader.objects.create(name=name, **defaults | fields)
