"""Addresses of the register, under /arenden/."""

from django.urls import path

from .views import cases, documents

app_name = "documents"
urlpatterns = [
    path("", cases.case_list, name="case_list"),
    path("nytt/", cases.case_new, name="case_new"),
    path("<int:case_id>/", cases.case_page, name="case"),
    path("<int:case_id>/arendemening/", cases.case_title, name="case_title"),
    path("<int:case_id>/avslut/", cases.case_closing, name="case_closing"),
    path("<int:case_id>/makulering/", cases.case_voiding, name="case_voiding"),
    path("<int:case_id>/handlingar/ny/", documents.document_new, name="document_new"),
    path("handlingar/<int:document_id>/makulering/", documents.document_voiding, name="document_voiding"),
    path("handlingar/<int:document_id>/sekretess/", documents.document_secrecy, name="document_secrecy"),
    path("handlingar/<int:document_id>/godkannande/", documents.document_release, name="document_release"),
    path("handlingar/<int:document_id>/fil/", documents.document_file, name="file"),
]
