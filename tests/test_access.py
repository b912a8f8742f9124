"""Who may open what: every address of the portal × every role.

The table names the roles that may. It repeats what their permissions say on purpose, so that a change of either shows
here. An address that is missing in the table fails the last tests: add it, with those whom it is for.
"""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone

from enamnd.accounts.roles import ROLES
from enamnd.documents.models import StoredFile
from finance.actions.allocations import make_allocation
from finance.models import Forecast, LedgerMapping, Outcome
from meetings.decisions import dispatch
from meetings.models import AttendancePeriod, FeedToken, Phrase
from meetings.newsletters import receivers
from projects.models import ActivityLink, Agreement, OutsideOrganisation, Participation
from riskcontrol.models import AuditPackage, AuditReply, EffectGoal, RiskCategory
from tests import factories
from tests.finance import invoicing

EVERY_ROLE = frozenset(ROLES)
NO_ROLE = "no role"
READ_MEETINGS = {"secretary", "coordinator", "member", "preparatory", "registrar", "auditor"}
READ_CASES = {"secretary", "coordinator", "member", "preparatory", "auditor"}
READ_ECONOMY = READ_CASES | {"economist", "approver"}
KEEP_ECONOMY = {"coordinator"}
ALL_INVOICES = {"coordinator", "approver"}
READ_INVOICES = ALL_INVOICES | {"auditor", "economist"}
REGISTER_CASES = {"secretary", "coordinator"}
KEEP_ORGANISATION = {"secretary", "administrator"}
KEEP_ACCOUNTS = {"administrator"}
KEEP_PROJECTS = {"coordinator"}
KEEP_CONTROL = {"coordinator"}
KEEP_GOVERNING = {"secretary", "coordinator"}
ASSESS_RISKS = {"secretary", "coordinator", "member", "preparatory"}
WRITE = {"secretary"}
WRITE_NEWSLETTERS = {"secretary", "coordinator"}
EVERYBODY_LOGGED_IN = EVERY_ROLE | {NO_ROLE}


@dataclass(frozen=True)
class Open:
    """An address, for whom it is, and what they get. POST addresses answer 405 to a GET from those they are for."""

    name: str
    to: frozenset[str]
    method: str = "GET"
    status: int = 200


def reading(to, *names: str, **more) -> list[Open]:
    return [Open(name, frozenset(to), **more) for name in names]


def doing(to, *names: str) -> list[Open]:
    return [Open(name, frozenset(to), method="POST") for name in names]


TABLE = [
    *reading(EVERYBODY_LOGGED_IN, "home", "accounts:me"),
    *reading(EVERY_ROLE, "my_municipality"),
    # meetings
    *reading(
        READ_MEETINGS,
        "adjusting:adjustment",
        "adjusting:frozen",
        "adjusting:paper",
        "adjusting:text",
        "meetings:adjusting",
        "meetings:attendance",
        "meetings:calendar",
        "meetings:call",
        "meetings:export",
        "meetings:meeting",
        "meetings:meeting_list",
        "meetings:meeting_trail",
        "meetings:paragraph",
        "meetings:paragraph_facts",
        "meetings:phrase_list",
        "meetings:planning",
        "meetings:preview",
        "meetings:preview_pdf",
        "meetings:protocol_pdf",
        "meetings:sitting",
        "meetings:version",
        "meetings:version_list",
        "meetings:wheel",
        "meetings:year_plan",
    ),
    *reading(READ_CASES, "meetings:call_archive", "meetings:call_pdf"),
    *doing(READ_MEETINGS, "meetings:calendar_renewal"),
    *reading(
        WRITE,
        "adjusting:elsewhere",
        "meetings:block",
        "meetings:call_preview",
        "meetings:import",
        "meetings:meeting_facts",
        "meetings:meeting_new",
        "meetings:paragraph_case",
        "meetings:paragraph_new",
        "meetings:paragraph_removal",
        "meetings:phrase",
        "meetings:phrase_new",
        "meetings:planned_day",
        "meetings:planned_day_cancellation",
        "meetings:section_now",
        "meetings:wheel_item",
        "meetings:wheel_item_new",
    ),
    *doing(READ_MEETINGS, "adjusting:declining", "adjusting:signature"),
    *doing(
        WRITE,
        "adjusting:asking",
        "adjusting:unlocking",
        "meetings:adjusters",
        "meetings:agenda_case",
        "meetings:agenda_fill",
        "meetings:agenda_order",
        "meetings:agenda_raised",
        "meetings:attendance_everybody",
        "meetings:attendance_mark",
        "meetings:attendance_marks",
        "meetings:attendance_other_removal",
        "meetings:attendance_others",
        "meetings:attendance_period_removal",
        "meetings:attendance_periods",
        "meetings:attendance_refresh",
        "meetings:call_issue",
        "meetings:chairs",
        "meetings:days",
        "meetings:freezing",
        "meetings:numbers",
        "meetings:numbers_withdrawal",
        "meetings:paragraph_leave",
        "meetings:paragraph_open",
        "meetings:paragraph_title",
        "meetings:paragraph_undo",
        "meetings:phrase_place",
        "meetings:phrase_retirement",
        "meetings:plan_meetings",
        "meetings:plan_proposal",
        "meetings:planned_day_removal",
        "meetings:proof",
        "meetings:section",
        "meetings:section_add",
        "meetings:section_choice",
        "meetings:section_form",
        "meetings:section_heading",
        "meetings:section_place",
        "meetings:section_removal",
        "meetings:sitting_ballot",
        "meetings:sitting_ballot_new",
        "meetings:sitting_ballot_removal",
        "meetings:sitting_ballot_reopening",
        "meetings:sitting_ballot_result",
        "meetings:sitting_chair",
        "meetings:sitting_closing",
        "meetings:sitting_closing_removal",
        "meetings:sitting_doors",
        "meetings:sitting_kind",
        "meetings:sitting_moment_removal",
        "meetings:sitting_moments",
        "meetings:sitting_motion_new",
        "meetings:sitting_motion_removal",
        "meetings:sitting_motion_withdrawal",
        "meetings:sitting_presence",
        "meetings:sitting_procedure",
        "meetings:sitting_recusal_new",
        "meetings:sitting_recusal_removal",
        "meetings:sitting_remote",
        "meetings:sitting_roll_call",
        "meetings:sitting_stand_in",
        "meetings:sitting_statement_new",
        "meetings:sitting_statement_removal",
        "meetings:sitting_texts",
        "meetings:version_restore",
        "meetings:wheel_item_retirement",
    ),
    # decisions by delegates, and what becomes of decisions
    *reading(
        READ_MEETINGS,
        "meetings:council_list",
        "meetings:council_matter",
        "meetings:delegated",
        "meetings:delegated_list",
        "meetings:delegation_order",
        "meetings:delegation_order_now",
        "meetings:delegation_order_pdf",
        "meetings:dispatch_unsent",
        "meetings:dispatches",
        "meetings:extract_pdf",
        "meetings:follow_up",
        "meetings:home_reports",
        "meetings:follow_up_list",
    ),
    *reading({"secretary", "coordinator"}, "meetings:delegated_change", "meetings:delegated_new"),
    *reading(
        WRITE,
        "meetings:council_answer",
        "meetings:council_change",
        "meetings:council_new",
        "meetings:delegated_voiding",
        "meetings:delegation_order_adoption",
        "meetings:delegation_order_facts",
        "meetings:delegation_order_new",
        "meetings:delegation_point",
        "meetings:delegation_point_new",
        "meetings:dispatch",
        "meetings:dispatch_confirmed",
        "meetings:dispatch_new",
        "meetings:dispatch_revocation",
        "meetings:dispatch_sent",
        "meetings:extract_new",
        "meetings:follow_up_change",
        "meetings:follow_up_new",
        "meetings:home_report",
    ),
    *doing(
        WRITE,
        "meetings:council_closing",
        "meetings:council_reminder",
        "meetings:delegated_reporting",
        "meetings:delegated_taking_out",
        "meetings:delegation_point_removal",
        "meetings:dispatch_opening",
        "meetings:dispatch_removal",
        "meetings:dispatch_sending",
        "meetings:follow_up_reopening",
        "meetings:follow_up_telling",
    ),
    *reading(READ_MEETINGS, "meetings:newsletter_list"),
    *reading(
        WRITE_NEWSLETTERS,
        "meetings:newsletter",
        "meetings:newsletter_block",
        "meetings:newsletter_facts",
        "meetings:newsletter_new",
        "meetings:newsletter_proposals",
        "meetings:newsletter_reader",
        "meetings:newsletter_reader_new",
        "meetings:newsletter_reader_removal",
        "meetings:newsletter_readers",
        "meetings:newsletter_sending",
        "meetings:newsletter_versions",
        "meetings:newsletter_withdrawal",
    ),
    *doing(
        WRITE_NEWSLETTERS, "meetings:newsletter_choice", "meetings:newsletter_discarding", "meetings:newsletter_trial"
    ),
    *reading(READ_MEETINGS, "meetings:clock_overview", "meetings:clocks"),
    *reading(WRITE | {"registrar"}, "meetings:notice", "meetings:registrar"),
    *doing(WRITE | {"registrar"}, "meetings:notice_posting", "meetings:notice_taking_down"),
    *reading(WRITE, "meetings:appeal", "meetings:appeal_end", "meetings:appeal_new", "meetings:appeal_removal"),
    *reading(WRITE, "meetings:publication"),
    *doing(WRITE, "meetings:notice_reminders", "meetings:notice_requests", "meetings:publication_withdrawal"),
    # cases and documents
    *reading(READ_CASES, "documents:case_list", "documents:case", "documents:file"),
    *reading(
        REGISTER_CASES,
        "documents:case_new",
        "documents:case_title",
        "documents:case_voiding",
        "documents:document_new",
        "documents:document_secrecy",
        "documents:document_voiding",
    ),
    *doing(REGISTER_CASES, "documents:case_closing"),
    *doing({"coordinator"}, "documents:document_release"),
    # money
    *reading(
        READ_ECONOMY,
        "finance:allocation",
        "finance:allocation_file",
        "finance:allocation_list",
        "finance:budget",
        "finance:budget_file",
        "finance:budget_list",
        "finance:budget_version",
        "finance:comparison",
        "finance:figure",
        "finance:figure_file",
        "finance:figures",
        "finance:follow_up",
        "finance:follow_up_file",
        "finance:forecast",
        "finance:index_list",
        "finance:item",
        "finance:item_list",
        "finance:kind_list",
        "finance:mapping_list",
        "finance:model",
        "finance:model_list",
        "finance:model_version",
        "finance:municipality",
        "finance:municipality_file",
        "finance:overview",
        "finance:printed",
        "finance:share",
    ),
    *reading(
        KEEP_ECONOMY,
        "finance:allocation_decision",
        "finance:allocation_new",
        "finance:budget_decision",
        "finance:budget_import",
        "finance:budget_new",
        "finance:budget_row_new",
        "finance:budget_rows",
        "finance:budget_to_board",
        "finance:buy_in",
        "finance:comment_change",
        "finance:comment_new",
        "finance:consultation",
        "finance:consultation_answer",
        "finance:figure_import",
        "finance:forecast_new",
        "finance:index_new",
        "finance:index_raise",
        "finance:item_change",
        "finance:item_new",
        "finance:kind_change",
        "finance:kind_new",
        "finance:mapping_new",
        "finance:model_change",
        "finance:model_new",
        "finance:outcome_import",
        "finance:outcome_new",
        "finance:outcome_notes",
        "finance:overhead_count",
        "finance:overhead_new",
        "finance:part_new",
        "finance:version_adoption",
        "finance:version_change",
        "finance:year_end",
    ),
    *doing(
        KEEP_ECONOMY,
        "finance:budget_version_new",
        "finance:mapping_removal",
        "finance:part_removal",
        "finance:version_new",
    ),
    # invoices: another municipality's are closed to all but those who make and attest them
    *reading(READ_INVOICES, "finance:invoice_list"),
    *reading(READ_INVOICES, "finance:invoice_archive", status=302),  # there are no files
    *reading(ALL_INVOICES, "finance:invoice", "finance:invoice_terms", "finance:run", "finance:run_export"),
    *reading(ALL_INVOICES, "finance:run_list"),
    *reading(ALL_INVOICES, "finance:invoice_file", status=302),  # there are no files
    *doing(ALL_INVOICES, "finance:invoice_question"),
    *doing({"approver"}, "finance:run_attest", "finance:run_attest_withdrawal"),
    *reading(
        KEEP_ECONOMY,
        "finance:buyer",
        "finance:chart",
        "finance:invoice_answer",
        "finance:invoice_credit",
        "finance:invoice_payment",
        "finance:item_terms",
        "finance:run_new",
        "finance:run_of_use",
        "finance:seller",
        "finance:vat_rule",
        "finance:vat_rule_new",
    ),
    *doing(KEEP_ECONOMY, "finance:invoice_reminder", "finance:run_files", "finance:run_issue", "finance:run_removal"),
    # projects
    *reading(
        READ_CASES,
        "projects:activity",
        "projects:agreement",
        "projects:agreement_file",
        "projects:agreement_list",
        "projects:calendar",
        "projects:call_off_file",
        "projects:directive",
        "projects:directive_pdf",
        "projects:directive_version",
        "projects:directive_versions",
        "projects:heading_list",
        "projects:matrix",
        "projects:matrix_file",
        "projects:municipality",
        "projects:overview",
        "projects:phase_list",
        "projects:report_file",
        "projects:report_list",
        "projects:table",
        "projects:table_file",
        "projects:timeline",
    ),
    *reading(
        KEEP_PROJECTS,
        "projects:activity_change",
        "projects:activity_new",
        "projects:agreement_change",
        "projects:agreement_new",
        "projects:approval",
        "projects:call_off",
        "projects:call_off_new",
        "projects:correction",
        "projects:deliverable",
        "projects:deliverable_new",
        "projects:directive_verification",
        "projects:directive_write",
        "projects:enter",
        "projects:heading",
        "projects:heading_new",
        "projects:import",
        "projects:link_new",
        "projects:option_answer",
        "projects:option_change",
        "projects:option_new",
        "projects:participant",
        "projects:participant_new",
        "projects:phase",
        "projects:phase_new",
        "projects:report_new",
        "projects:step",
        "projects:step_new",
        "projects:tell",
    ),
    *doing(
        KEEP_PROJECTS,
        "projects:approval_withdrawal",
        "projects:call_off_removal",
        "projects:option_removal",
        "projects:option_withdrawal",
        "projects:step_removal",
        "projects:deliverable_removal",
        "projects:directive_begin",
        "projects:directive_discarding",
        "projects:heading_retirement",
        "projects:headings_usual",
        "projects:link_removal",
        "projects:phase_retirement",
        "projects:phases_usual",
        "projects:report_nothing_new",
    ),
    *reading(WRITE, "projects:directive_telling", status=302),  # a draft is told of when it is verified
    *doing(WRITE, "projects:directive_untelling"),
    # people, resource requests, commissions, ideas and outside organisations
    *reading(
        READ_CASES,
        "projects:commission",
        "projects:commission_file",
        "projects:commission_list",
        "projects:idea_file",
        "projects:idea_list",
        "projects:municipality_file",
        "projects:organisation_file",
        "projects:organisation_list",
        "projects:people",
        "projects:people_file",
        "projects:request_file",
        "projects:resource_request",
    ),
    *reading(
        KEEP_PROJECTS,
        "projects:assignment",
        "projects:assignment_new",
        "projects:commission_answer",
        "projects:commission_become",
        "projects:commission_change",
        "projects:commission_closing",
        "projects:commission_new",
        "projects:idea_aside",
        "projects:idea_become",
        "projects:idea_new",
        "projects:organisation",
        "projects:organisation_new",
        "projects:request_answer",
        "projects:request_change",
        "projects:request_closing",
        "projects:request_new",
        "projects:stakeholder",
        "projects:stakeholder_new",
        "projects:task_new",
    ),
    *doing(
        KEEP_PROJECTS,
        "projects:commission_reopening",
        "projects:idea_order",
        "projects:idea_taking_up",
        "projects:request_reminder",
        "projects:stakeholder_removal",
        "projects:task_removal",
    ),
    # risks and internal control
    *reading(
        READ_CASES,
        "riskcontrol:attendance",
        "riskcontrol:attendance_file",
        "riskcontrol:goal",
        "riskcontrol:goal_home",
        "riskcontrol:goal_period",
        "riskcontrol:goal_year",
        "riskcontrol:indicator",
        "riskcontrol:follow_up",
        "riskcontrol:governing",
        "riskcontrol:governing_changes",
        "riskcontrol:governing_list",
        "riskcontrol:governing_pdf",
        "riskcontrol:governing_section",
        "riskcontrol:governing_section_versions",
        "riskcontrol:governing_text",
        "riskcontrol:governing_word",
        "riskcontrol:follow_up_pdf",
        "riskcontrol:item",
        "riskcontrol:matrix",
        "riskcontrol:overview",
        "riskcontrol:plan",
        "riskcontrol:plan_changes",
        "riskcontrol:plan_file",
        "riskcontrol:plan_pdf",
        "riskcontrol:risk",
        "riskcontrol:risk_file",
        "riskcontrol:risk_list",
        "riskcontrol:scale_list",
        "riskcontrol:workshop",
    ),
    *doing(ASSESS_RISKS, "riskcontrol:workshop_risk", "riskcontrol:workshop_scores"),
    *reading(
        KEEP_CONTROL,
        "riskcontrol:effect",
        "riskcontrol:effect_new",
        "riskcontrol:goal_change",
        "riskcontrol:goal_measure",
        "riskcontrol:goal_measure_new",
        "riskcontrol:goal_money",
        "riskcontrol:goal_money_new",
        "riskcontrol:goal_new",
        "riskcontrol:goals_direction",
        "riskcontrol:goals_import",
        "riskcontrol:goals_new",
        "riskcontrol:indicator_change",
        "riskcontrol:indicator_new",
        "riskcontrol:occasion_new",
        "riskcontrol:outlook_goal",
        "riskcontrol:outlook_indicator",
        "riskcontrol:party_mark",
        "riskcontrol:period_approval",
        "riskcontrol:period_change",
        "riskcontrol:period_new",
        "riskcontrol:period_withdrawal",
        "riskcontrol:value_new",
        "riskcontrol:activity",
        "riskcontrol:activity_new",
        "riskcontrol:category",
        "riskcontrol:category_new",
        "riskcontrol:check",
        "riskcontrol:check_new",
        "riskcontrol:follow_up_approval",
        "riskcontrol:follow_up_assessment",
        "riskcontrol:follow_up_item",
        "riskcontrol:follow_up_new",
        "riskcontrol:item_change",
        "riskcontrol:measure",
        "riskcontrol:measure_after",
        "riskcontrol:measure_new",
        "riskcontrol:plan_adoption",
        "riskcontrol:plan_facts",
        "riskcontrol:plan_import",
        "riskcontrol:plan_new",
        "riskcontrol:plan_step_new",
        "riskcontrol:plan_withdrawal",
        "riskcontrol:risk_after",
        "riskcontrol:risk_change",
        "riskcontrol:risk_choosing",
        "riskcontrol:risk_merging",
        "riskcontrol:risk_new",
        "riskcontrol:risk_value",
        "riskcontrol:scale",
        "riskcontrol:scale_new",
        "riskcontrol:workshop_new",
    ),
    *doing(
        KEEP_CONTROL,
        "riskcontrol:goal_money_removal",
        "riskcontrol:goal_removal",
        "riskcontrol:indicator_removal",
        "riskcontrol:occasion_removal",
        "riskcontrol:period_thirds",
        "riskcontrol:activity_removal",
        "riskcontrol:item_place",
        "riskcontrol:item_removal",
        "riskcontrol:plan_step_removal",
        "riskcontrol:risk_parting",
        "riskcontrol:scales_usual",
        "riskcontrol:workshop_closing",
    ),
    # governing documents
    *reading(READ_CASES | {"registrar"}, "riskcontrol:consultation", "riskcontrol:consultation_pdf"),
    *reading(
        KEEP_GOVERNING,
        "riskcontrol:consultation_answer",
        "riskcontrol:consultation_new",
        "riskcontrol:edition",
        "riskcontrol:edition_new",
        "riskcontrol:governing_adoption",
        "riskcontrol:governing_block_new",
        "riskcontrol:governing_facts",
        "riskcontrol:governing_kind",
        "riskcontrol:governing_kind_block_new",
        "riskcontrol:governing_kind_facts",
        "riskcontrol:governing_kind_new",
        "riskcontrol:governing_kind_section",
        "riskcontrol:governing_kind_section_new",
        "riskcontrol:governing_kind_versions",
        "riskcontrol:governing_kinds",
        "riskcontrol:governing_new",
        "riskcontrol:governing_section_facts",
        "riskcontrol:governing_section_new",
        "riskcontrol:governing_withdrawal",
        "riskcontrol:reference",
        "riskcontrol:reference_new",
    ),
    *doing(
        KEEP_GOVERNING,
        "riskcontrol:consultation_closing",
        "riskcontrol:edition_removal",
        "riskcontrol:governing_block_removal",
        "riskcontrol:governing_kind_block_removal",
        "riskcontrol:governing_kind_restoring",
        "riskcontrol:governing_kind_section_place",
        "riskcontrol:governing_kind_section_removal",
        "riskcontrol:governing_kinds_usual",
        "riskcontrol:governing_reminder",
        "riskcontrol:governing_section_choice",
        "riskcontrol:governing_section_place",
        "riskcontrol:governing_section_ready",
        "riskcontrol:governing_section_removal",
        "riskcontrol:reference_removal",
    ),
    # audits
    *reading(
        READ_CASES,
        "riskcontrol:audit",
        "riskcontrol:audit_year",
        "riskcontrol:package",
        "riskcontrol:package_file",
        "riskcontrol:package_list",
        "riskcontrol:questionnaire",
        "riskcontrol:questionnaire_pdf",
    ),
    Open("riskcontrol:audit_list", frozenset(READ_CASES), status=302),
    *reading(
        KEEP_CONTROL,
        "riskcontrol:audit_change",
        "riskcontrol:audit_measure",
        "riskcontrol:audit_measure_new",
        "riskcontrol:audit_new",
        "riskcontrol:evidence_new",
        "riskcontrol:finding",
        "riskcontrol:finding_new",
        "riskcontrol:question",
        "riskcontrol:questionnaire_change",
        "riskcontrol:questionnaire_import",
        "riskcontrol:reply",
        "riskcontrol:reply_new",
        "riskcontrol:submission",
        "riskcontrol:submission_withdrawal",
    ),
    *doing(
        KEEP_CONTROL,
        "riskcontrol:audit_removal",
        "riskcontrol:evidence_removal",
        "riskcontrol:finding_removal",
        "riskcontrol:questionnaire_removal",
    ),
    # register and accounts
    *reading(
        EVERY_ROLE,
        "organisation:board",
        "organisation:body",
        "organisation:body_list",
        "organisation:municipality",
        "organisation:municipality_list",
        "organisation:overview",
        "organisation:person",
        "organisation:person_list",
    ),
    *reading(
        KEEP_ORGANISATION,
        "organisation:board_part",
        "organisation:body_change",
        "organisation:body_new",
        "organisation:mandate_change",
        "organisation:mandate_end",
        "organisation:mandate_new",
        "organisation:municipality_change",
        "organisation:municipality_new",
        "organisation:office_end",
        "organisation:office_new",
        "organisation:person_change",
        "organisation:person_new",
        "organisation:seat_new",
        "start_up",
    ),
    *reading(
        KEEP_ACCOUNTS,
        "accounts:account",
        "accounts:account_change",
        "accounts:account_list",
        "accounts:account_new",
        "accounts:role_end",
        "accounts:role_list",
    ),
    *doing(KEEP_ACCOUNTS, "accounts:account_closing", "accounts:account_invitation"),
    # letters
    *reading(WRITE | KEEP_ACCOUNTS, "letters:letter", "letters:letter_list"),
    *doing(WRITE | KEEP_ACCOUNTS, "letters:letter_attempt"),
]
WITHOUT_LOG_IN = {
    "accessibility",
    "health",
    "meetings:feed",
    "meetings:feed_of_body",
    "meetings:receipt",
    "meetings:receipt_pdf",
    "public:calendar",
    "public:calendar_file",
    "public:kit",
    "public:newsletter",
    "public:newsletter_feed",
    "public:newsletter_leaving",
    "public:newsletter_list",
    "public:notice_board",
    "public:notice_feed",
    "public:protocol",
    "public:protocol_feed",
    "public:protocol_list",
    "public:protocol_pdf",
    "public:robots",
    "verification:authority",
    "verification:verify",
}
VERBS_WITHOUT_LOG_IN = {"public:kit_posting", "public:kit_taking_down"}
LOG_IN_ITSELF = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "saml_acs",
    "saml_finish_acs",
    "saml_login",
    "saml_metadata",
    "saml_sls",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
}


def of_projects(municipality) -> dict:
    """One of each thing that addresses of projects speak of."""
    activity = factories.activity(in_phase=factories.phase(deliverables="Projektplan"))
    link = ActivityLink.objects.create(activity=activity, other=factories.activity(), kind="needs")
    Participation.objects.create(activity=activity, municipality=municipality, joined_on="2022-01-10")
    agreement = Agreement.objects.create(name="Ramavtal", kind="framework", valid_until="2030-01-01")
    directive = factories.directive(activity)
    return {
        "directive_id": directive.pk,
        "directive_version_id": directive.history.first().pk,
        "heading_id": factories.heading(order=10).pk,
        "paper_kind": "direktiv",
        "activity_id": activity.pk,
        "phase_id": factories.phase().pk,
        "agreement_id": agreement.pk,
        "call_off_id": factories.call_off(agreement).pk,
        "procurement_id": agreement.procurement.create(kind="awarded", on="2022-02-01").pk,
        "option_id": agreement.options.create(until="2031-01-01", say_by="2030-06-30").pk,
        "step_id": activity.steps.get().pk,
        "deliverable_id": activity.steps.get().deliverables.get().pk,
        "link_id": link.pk,
        **of_people(activity),
    }


def of_people(activity) -> dict:
    """One of each thing that the addresses of people and commissions speak of."""
    return {
        "assignment_id": factories.assignment(activity).pk,
        "task_id": activity.bodies.create(body=factories.body(kind="steering"), role="steering").pk,
        "stakeholder_id": activity.stakeholders.create(name="Rektorer").pk,
        "request_id": factories.resource_request(activity).pk,
        "commission_id": factories.commission().pk,
        "idea_id": factories.activity(kind="idea").pk,
        "organisation_id": OutsideOrganisation.objects.create(name="Regionen").pk,
    }


def of_goals() -> dict:
    """A year's goals with one of each thing that addresses speak of."""
    plan = factories.goal_plan(2022)
    goal, indicator = factories.goal(plan), factories.indicator(plan)
    return {
        "goal_year": plan.year,
        "goal_id": goal.pk,
        "goal_measure_id": goal.measures.create(text="Boka möten", owner="Samordnaren", due_on="2022-12-01").pk,
        "goal_money_id": goal.budget_money.create(item=factories.cost_item()).pk,
        "goal_period_id": factories.goal_period(plan).pk,
        "indicator_id": indicator.pk,
        "effect_goal_id": EffectGoal.objects.create(text="god service", first_year=2022).pk,
        "occasion_id": indicator.occasions.create(held_on="2022-05-02", name="Utbildning").pk,
    }


def of_control() -> dict:
    """One of each thing that addresses of risks and internal control speak of."""
    plan = factories.control_plan(2022)
    item = factories.control_item(factories.risk(plan, likelihood=2, consequence=2))
    activity = item.activities.get()
    check = activity.checks.create(done_on="2022-03-31", covers_on="2022-03-31", result="fine")
    issued = factories.paper(b"%PDF-1.7 plan")
    plan.adoptions.create(adopted_on="2021-12-08", decision="2021-12-08 § 50", paper=issued)
    followed = plan.follow_ups.create(name="Helår", followed_on="2022-12-31", paper=issued)
    return {
        "plan_year": plan.year,
        "scale_id": plan.scale_id,
        "risk_category_id": RiskCategory.objects.create(name="Ekonomi").pk,
        "plan_step_id": plan.steps.create(done_on="2021-10-13", what="Riskerna samlades in").pk,
        "risk_id": factories.risk(plan).pk,
        "control_item_id": item.pk,
        "control_activity_id": activity.pk,
        "check_id": check.pk,
        "measure_id": item.measures.create(text="Se över avtalet", owner="Samordnaren", due_on="2022-09-01").pk,
        "control_follow_up_id": followed.pk,
    }


def of_finance(municipality) -> dict:
    """One of each thing that addresses of the economy speak of, in the year 2022."""
    kind = factories.key_figure_kind()
    (figure,) = factories.key_figures(kind, {municipality: 4200})
    version, item = factories.model_version(), factories.cost_item()
    made = make_allocation("Grundbelopp 2022", 2022, version, [municipality], 100_00, item=item, by=None)
    budget = factories.budget_version(2022, {item: (100, 100)})
    mapping = LedgerMapping.objects.create(item=item, side="cost", first_account=4000, last_account=4999)
    outcome = Outcome.objects.create(budget=budget.budget, through_on="2022-10-31", origin="hand")
    return {
        "kind_id": kind.pk,
        "figure_id": figure.pk,
        "model_id": version.model_id,
        "version_id": version.pk,
        "part_id": version.parts.get().pk,
        "allocation_id": made.pk,
        "cost_item_id": item.pk,
        "mapping_id": mapping.pk,
        "number": budget.number,
        "comment_id": budget.comments.create(text="Inga projekt är budgeterade.").pk,
        "outcome_id": outcome.pk,
        "forecast_id": Forecast.objects.create(budget=budget.budget, made_on="2022-05-31", author="Lo").pk,
    }


def of_invoices() -> dict:
    """One of each thing that addresses of invoices speak of: an issued run, without files."""
    run = invoicing.issued()
    invoice = run.invoices.first()
    asked = invoice.questions.create(text="Vad är det här?", by=factories.user("economist"))
    return {
        "run_id": run.pk,
        "invoice_number": invoice.number,
        "question_id": asked.pk,
        "rule_id": run.lines.first().vat_rule_id,
        "file_kind": "pdf",
        "ledger_kind": "csv",
    }


def of_governing() -> dict:
    """One of each thing that addresses of governing documents speak of."""
    document = factories.governing_document(sections=1)
    template = factories.governing_kind(structure=[{"heading": "Uppdrag", "key": "uppdrag"}])
    return {
        "governing_kind_id": template.pk,
        "template_key": "uppdrag",
        "template_version": template.history.get().history_id,
        "governing_id": document.pk,
        "governing_section_id": document.sections.get().pk,
        "edition_id": document.editions.create(number=1, dated_on="2022-01-10").pk,
        "reference_id": document.references.create(position=1, name="Reglemente").pk,
        "consultation_id": factories.consultation(document).pk,
    }


def of_audits(municipality) -> dict:
    """One of each thing that addresses of audits speak of."""
    audit = factories.audit(2021, municipality, received_on="2022-03-01")
    reply = AuditReply.objects.create(decided_on="2022-06-22", decision="2022-06-22 § 8")
    factories.audit(2020, municipality, reply=reply)
    finding = factories.finding(audit, recommendation="Följ upp kontrollmomenten")
    asked = factories.questionnaire(audit)
    question = asked.sections.get().questions.first()
    packed = factories.paper(b"PK zip")
    asked.submissions.create(submitted_on="2022-02-01", paper=factories.paper(b"%PDF-1.7 svar"))
    return {
        "audit_id": audit.pk,
        "audit_year": audit.year,
        "reply_id": reply.pk,
        "finding_id": factories.finding(audit, text="Anvisning saknas").pk,
        "audit_measure_id": factories.audit_measure(finding).pk,
        "questionnaire_id": asked.pk,
        "audit_question_id": question.pk,
        "evidence_id": question.evidence.create(text="Verksamhetsplanen").pk,
        "package_id": AuditPackage.objects.create(year=2021, paper=packed).pk,
    }


@pytest.fixture
def world(db) -> dict:
    """One of each thing that addresses speak of."""
    factories.board()
    meeting = factories.meeting(2, 2)
    paragraph = meeting.paragraphs.first()
    row = meeting.attendance.first()
    period = AttendancePeriod.objects.create(attendance=row, presence="present", first=paragraph)
    file = StoredFile.objects.create(sha256="0" * 64, size=4, media_type="text/plain", content=b"text")
    document = factories.document(file=file, file_name="skrivelse.txt")
    municipality = factories.municipality()
    person = factories.person()
    signatory = factories.signatory()
    return {
        "adjustment_id": signatory.adjustment_id,
        "signatory_id": signatory.pk,
        "meeting_id": meeting.pk,
        "paragraph_id": paragraph.pk,
        "key": paragraph.sections[0]["key"],
        "history_id": paragraph.history.first().pk,
        "row_id": row.pk,
        "period_id": period.pk,
        "phrase_id": Phrase.objects.create(label="Lägga till handlingarna", text="lägga till handlingarna").pk,
        "case_id": document.case.pk,
        "document_id": document.pk,
        "body_id": meeting.body.pk,
        "municipality_id": municipality.pk,
        "person_id": person.pk,
        "seat_id": factories.seat(meeting.body).pk,
        "mandate_id": factories.mandate(factories.seat(meeting.body)).pk,
        "office_id": factories.office(meeting.body).pk,
        "user_id": factories.user("member").pk,
        "grant_id": factories.user("member").grants.first().pk,
        "account_id": factories.user("member").pk,
        "letter_id": factories.letter().pk,
        "decision_id": factories.delegated_decision(meeting.body).pk,
        "order_id": (order := factories.delegation_order(body=meeting.body)).pk,
        "point_id": order.points.get().pk,
        "follow_up_id": factories.follow_up(paragraph).pk,
        "matter_id": factories.council_matter().pk,
        "adjusted_id": (published := factories.publication(factories.adjustment(factories.meeting(1)))).adjustment_id,
        "publication_id": published.pk,
        "notice_id": (notice := factories.notice(published.adjustment)).pk,
        "notice_token": notice.token,
        "appeal_id": factories.appeal(paragraph).pk,
        "extract_id": (extract := factories.extract(paragraph, is_adjusted=True)).pk,
        "dispatch_id": (
            sent := factories.dispatch(meeting, paragraph=paragraph, extract=extract, sent_on=meeting.held_on)
        ).pk,
        "key_of_letter": dispatch.token_of(sent),
        "call_id": factories.call(meeting).pk,
        "newsletter_id": factories.newsletter().pk,
        "sent_newsletter_id": factories.newsletter(sent_at=timezone.now()).pk,
        "reader_id": (reader := factories.newsletter_reader()).pk,
        "key_of_reader": receivers.token_of(reader),
        "day_id": factories.planned_day(meeting.body).pk,
        "item_id": factories.standing_item(meeting.body).pk,
        "year": 2022,
        "part": "sidor",
        **of_projects(municipality),
        **of_control(),
        **of_finance(municipality),
        **of_invoices(),
        **of_goals(),
        **of_governing(),
        **of_audits(municipality),
        "token": FeedToken.objects.create(user=factories.user("member")).token,
        **factories.recorded(paragraph, row),
    }


def patterns(resolver=None, namespace: str = ""):
    """(name, pattern) of every address, names with their namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry
        else:
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


PATTERNS = dict(patterns())
NOT_OWN = ("allauth", "django.", "simple_history.", "enamnd.reading_admin")  # the admin is tried in test_admin.py
OWN = {name: entry for name, entry in PATTERNS.items() if not entry.callback.__module__.startswith(NOT_OWN)}


def address_of(name: str, world: dict) -> str:
    """The address of that name, about the things of `world`."""
    wanted = [keys for keys in all_parameters(name) if set(keys) <= set(world)]
    assert wanted, f"Lägg till det som {name} handlar om i världen ovan: {all_parameters(name)}"
    return reverse(name, kwargs={key: world[key] for key in wanted[0]})


def all_parameters(name: str) -> list[list[str]]:
    resolver = get_resolver()
    *namespaces, last = name.split(":")
    outer: list[str] = []
    for namespace in namespaces:
        prefix, resolver = resolver.namespace_dict[namespace]
        outer += [part.split(":")[-1].split("%(")[-1].split(")")[0] for part in prefix.split("/") if "(" in part]
    return [outer + keys for matches, *_ in resolver.reverse_dict.getlist(last) for _, keys in matches]


def tried(client: Client, method: str, address: str):
    """The answer, with whatever it changed in the database taken back."""
    with transaction.atomic():
        answer = client.post(address) if method == "POST" else client.get(address)
        transaction.set_rollback(True)
    return answer


def expected(entry: Open, role: str) -> set[int]:
    if role not in entry.to:
        return {403}
    return {200, 204, 302, 400, 404, 409, 422} if entry.method == "POST" else {entry.status}


def test_each_role_opens_what_is_for_it_and_nothing_else(world, client_as):
    addresses = {entry: address_of(entry.name, world) for entry in TABLE}
    wrong = {}
    for role in sorted(EVERYBODY_LOGGED_IN):
        client = client_as() if role == NO_ROLE else client_as(role)
        statuses = {entry: tried(client, entry.method, address).status_code for entry, address in addresses.items()}
        wrong |= {(role, each.name): status for each, status in statuses.items() if status not in expected(each, role)}

    assert wrong == {}


def test_who_may_not_read_may_not_send_either(world, client_as):
    client = client_as()
    closed = [entry.name for entry in TABLE if NO_ROLE not in entry.to]
    statuses = {name: tried(client, "POST", address_of(name, world)).status_code for name in closed}

    assert {name: status for name, status in statuses.items() if status not in {403, 405}} == {}


def test_who_has_not_logged_in_is_asked_to(world, client):
    answers = {entry.name: tried(client, entry.method, address_of(entry.name, world)) for entry in TABLE}
    door = reverse("account_login")

    assert [name for name, answer in answers.items() if not answer.get("Location", "").startswith(door)] == []


def test_what_changes_something_cannot_be_linked_to(world, client_as):
    client = client_as(*EVERY_ROLE)
    verbs = [entry.name for entry in TABLE if entry.method == "POST"]
    statuses = {name: tried(client, "GET", address_of(name, world)).status_code for name in verbs}

    assert {name: status for name, status in statuses.items() if status != 405} == {}


def test_a_few_pages_are_open_to_all(world, client):
    statuses = {name: client.get(address_of(name, world)).status_code for name in WITHOUT_LOG_IN}

    assert {name: status for name, status in statuses.items() if status != 200} == {}


def test_what_is_done_at_a_secret_address_is_sent_and_known_by_its_secret(world, client):
    def answers(name: str) -> tuple[int, int, int]:
        address, guessed = address_of(name, world), address_of(name, world | {"notice_token": "gissat"})
        return client.get(address).status_code, client.post(address).status_code, client.post(guessed).status_code

    assert {name: answers(name) for name in VERBS_WITHOUT_LOG_IN} == dict.fromkeys(
        VERBS_WITHOUT_LOG_IN, (405, 400, 404)
    )


def account_addresses() -> list[str]:
    return sorted(
        name
        for name, entry in PATTERNS.items()
        if entry.callback.__module__.startswith("allauth") and name not in LOG_IN_ITSELF
    )


@pytest.mark.parametrize("name", account_addresses())
def test_the_pages_of_an_account_ask_for_log_in(name, db, client):
    factories.board()
    try:
        address = reverse(name)
    except NoReverseMatch:
        address = reverse(name, kwargs={"pk": 1})

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_the_database_pages_are_closed_to_every_role(db, client_as):
    factories.board()
    names = ("admin:index", "admin:accounts_user_changelist", "admin:journal_event_changelist")
    for role in sorted(EVERYBODY_LOGGED_IN):
        client = client_as() if role == NO_ROLE else client_as(role)
        assert [client.get(reverse(name)).status_code for name in names] == [302, 302, 302], role


def test_every_address_stands_in_the_table():
    assert set(OWN) - {entry.name for entry in TABLE} - WITHOUT_LOG_IN - VERBS_WITHOUT_LOG_IN == set()


def test_the_table_holds_no_address_that_is_gone():
    assert {entry.name for entry in TABLE} | WITHOUT_LOG_IN | VERBS_WITHOUT_LOG_IN <= set(OWN)
    assert set(PATTERNS) >= LOG_IN_ITSELF
