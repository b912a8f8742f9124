"""Addresses of newsletters: part of meetings.urls, under /sammantraden/."""

from django.urls import path

from meetings.views import newsletter_readers, newsletters

routes = [
    path("nyhetsbrev/", newsletters.newsletter_list, name="newsletter_list"),
    path("nyhetsbrev/nytt/", newsletters.newsletter_new, name="newsletter_new"),
    path("nyhetsbrev/<int:newsletter_id>/", newsletters.newsletter, name="newsletter"),
    path("nyhetsbrev/<int:newsletter_id>/val/", newsletters.newsletter_choice, name="newsletter_choice"),
    path("nyhetsbrev/<int:newsletter_id>/versioner/", newsletters.newsletter_versions, name="newsletter_versions"),
    path("nyhetsbrev/<int:newsletter_id>/uppgifter/", newsletters.newsletter_facts, name="newsletter_facts"),
    path("nyhetsbrev/<int:newsletter_id>/forslag/", newsletters.newsletter_proposals, name="newsletter_proposals"),
    path("nyhetsbrev/<int:newsletter_id>/infoga/", newsletters.newsletter_block, name="newsletter_block"),
    path("nyhetsbrev/<int:newsletter_id>/kastat/", newsletters.newsletter_discarding, name="newsletter_discarding"),
    path("nyhetsbrev/<int:newsletter_id>/utskick/", newsletters.newsletter_sending, name="newsletter_sending"),
    path("nyhetsbrev/<int:newsletter_id>/prov/", newsletters.newsletter_trial, name="newsletter_trial"),
    path(
        "nyhetsbrev/<int:newsletter_id>/avpublicering/", newsletters.newsletter_withdrawal, name="newsletter_withdrawal"
    ),
    path("nyhetsbrev/sandlista/", newsletter_readers.newsletter_readers, name="newsletter_readers"),
    path("nyhetsbrev/sandlista/ny/", newsletter_readers.newsletter_reader_new, name="newsletter_reader_new"),
    path("nyhetsbrev/sandlista/<int:reader_id>/", newsletter_readers.newsletter_reader, name="newsletter_reader"),
    path(
        "nyhetsbrev/sandlista/<int:reader_id>/borttagning/",
        newsletter_readers.newsletter_reader_removal,
        name="newsletter_reader_removal",
    ),
]
