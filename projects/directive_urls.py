"""Addresses of directives and final reports, and of their headings."""

from django.urls import path

from .views import directives, headings

urlpatterns = [
    path("<int:activity_id>/<slug:paper_kind>/ny/", directives.directive_begin, name="directive_begin"),
    path("papper/<int:directive_id>/", directives.directive, name="directive"),
    path("papper/<int:directive_id>.pdf", directives.directive_pdf, name="directive_pdf"),
    path("papper/<int:directive_id>/skriv/", directives.directive_write, name="directive_write"),
    path("papper/<int:directive_id>/verifiering/", directives.directive_verification, name="directive_verification"),
    path("papper/<int:directive_id>/kastat/", directives.directive_discarding, name="directive_discarding"),
    path("papper/<int:directive_id>/anmalan/", directives.directive_telling, name="directive_telling"),
    path("papper/<int:directive_id>/anmalan/tillbaka/", directives.directive_untelling, name="directive_untelling"),
    path("papper/<int:directive_id>/versioner/", directives.directive_versions_page, name="directive_versions"),
    path(
        "papper/<int:directive_id>/versioner/<int:directive_version_id>/",
        directives.directive_version,
        name="directive_version",
    ),
    path("rubriker/", headings.heading_list, name="heading_list"),
    path("rubriker/<slug:paper_kind>/vanliga/", headings.headings_usual, name="headings_usual"),
    path("rubriker/<slug:paper_kind>/ny/", headings.heading_new, name="heading_new"),
    path("rubriker/<int:heading_id>/", headings.heading, name="heading"),
    path("rubriker/<int:heading_id>/bruk/", headings.heading_retirement, name="heading_retirement"),
]
