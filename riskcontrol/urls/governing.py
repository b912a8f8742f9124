from django.urls import path

from ..views import consultations, governing, governing_kinds, governing_sections

urlpatterns = [
    path("dokument/", governing.governing_list, name="governing_list"),
    path("dokument/slag/vanliga/", governing.kinds_usual, name="governing_kinds_usual"),
    path("dokument/mallar/", governing_kinds.governing_kinds, name="governing_kinds"),
    path("dokument/mallar/nytt/", governing_kinds.governing_kind_new, name="governing_kind_new"),
    path("dokument/mallar/<int:governing_kind_id>/", governing_kinds.governing_kind, name="governing_kind"),
    path(
        "dokument/mallar/<int:governing_kind_id>/uppgifter/",
        governing_kinds.governing_kind_facts,
        name="governing_kind_facts",
    ),
    path(
        "dokument/mallar/<int:governing_kind_id>/versioner/",
        governing_kinds.governing_kind_versions,
        name="governing_kind_versions",
    ),
    path(
        "dokument/mallar/<int:governing_kind_id>/versioner/<int:template_version>/",
        governing_kinds.governing_kind_restoring,
        name="governing_kind_restoring",
    ),
    path(
        "dokument/mallar/<int:governing_kind_id>/avsnitt/",
        governing_kinds.governing_kind_section_new,
        name="governing_kind_section_new",
    ),
    path(
        "dokument/mallar/<int:governing_kind_id>/avsnitt/<slug:template_key>/",
        governing_kinds.governing_kind_section,
        name="governing_kind_section",
    ),
    path(
        "dokument/mallar/<int:governing_kind_id>/avsnitt/<slug:template_key>/plats/",
        governing_kinds.governing_kind_section_place,
        name="governing_kind_section_place",
    ),
    path(
        "dokument/mallar/<int:governing_kind_id>/avsnitt/<slug:template_key>/borttagning/",
        governing_kinds.governing_kind_section_removal,
        name="governing_kind_section_removal",
    ),
    path(
        "dokument/mallar/<int:governing_kind_id>/avsnitt/<slug:template_key>/del/",
        governing_kinds.governing_kind_block_new,
        name="governing_kind_block_new",
    ),
    path(
        "dokument/mallar/<int:governing_kind_id>/avsnitt/<slug:template_key>/del/borttagning/",
        governing_kinds.governing_kind_block_removal,
        name="governing_kind_block_removal",
    ),
    path("dokument/nytt/", governing.governing_new, name="governing_new"),
    path("dokument/<int:governing_id>/", governing.governing, name="governing"),
    path("dokument/<int:governing_id>/text/", governing.governing_text, name="governing_text"),
    path("dokument/<int:governing_id>/dokument.pdf", governing.governing_pdf, name="governing_pdf"),
    path("dokument/<int:governing_id>/dokument.docx", governing.governing_word, name="governing_word"),
    path("dokument/<int:governing_id>/andringar/", governing.governing_changes, name="governing_changes"),
    path("dokument/<int:governing_id>/uppgifter/", governing.governing_facts, name="governing_facts"),
    path("dokument/<int:governing_id>/antagande/", governing.governing_adoption, name="governing_adoption"),
    path("dokument/<int:governing_id>/aterkallelse/", governing.governing_withdrawal, name="governing_withdrawal"),
    path("dokument/<int:governing_id>/paminnelse/", governing.governing_reminder, name="governing_reminder"),
    path(
        "dokument/<int:governing_id>/avsnitt/", governing_sections.governing_section_new, name="governing_section_new"
    ),
    path("dokument/<int:governing_id>/utgava/", governing.edition_new, name="edition_new"),
    path("dokument/<int:governing_id>/referens/", governing.reference_new, name="reference_new"),
    path("dokument/<int:governing_id>/remiss/", consultations.consultation_new, name="consultation_new"),
    path("utgava/<int:edition_id>/", governing.edition, name="edition"),
    path("utgava/<int:edition_id>/borttagning/", governing.edition_removal, name="edition_removal"),
    path("referens/<int:reference_id>/", governing.reference, name="reference"),
    path("referens/<int:reference_id>/borttagning/", governing.reference_removal, name="reference_removal"),
    path("avsnitt/<int:governing_section_id>/", governing_sections.governing_section, name="governing_section"),
    path(
        "avsnitt/<int:governing_section_id>/val/",
        governing_sections.governing_section_choice,
        name="governing_section_choice",
    ),
    path(
        "avsnitt/<int:governing_section_id>/versioner/",
        governing_sections.governing_section_versions,
        name="governing_section_versions",
    ),
    path(
        "avsnitt/<int:governing_section_id>/uppgifter/",
        governing_sections.governing_section_facts,
        name="governing_section_facts",
    ),
    path("avsnitt/<int:governing_section_id>/del/", governing_sections.governing_block_new, name="governing_block_new"),
    path(
        "avsnitt/<int:governing_section_id>/del/borttagning/",
        governing_sections.governing_block_removal,
        name="governing_block_removal",
    ),
    path(
        "avsnitt/<int:governing_section_id>/klart/",
        governing_sections.governing_section_ready,
        name="governing_section_ready",
    ),
    path(
        "avsnitt/<int:governing_section_id>/plats/",
        governing_sections.governing_section_place,
        name="governing_section_place",
    ),
    path(
        "avsnitt/<int:governing_section_id>/borttagning/",
        governing_sections.governing_section_removal,
        name="governing_section_removal",
    ),
    path("remiss/<int:consultation_id>/", consultations.consultation, name="consultation"),
    path("remiss/<int:consultation_id>/forslag.pdf", consultations.consultation_pdf, name="consultation_pdf"),
    path(
        "remiss/<int:consultation_id>/svar/<int:municipality_id>/",
        consultations.consultation_answer,
        name="consultation_answer",
    ),
    path("remiss/<int:consultation_id>/avslut/", consultations.consultation_closing, name="consultation_closing"),
]
