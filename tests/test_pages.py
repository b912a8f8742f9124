"""Every page of the portal, with the sample board in it, looked at by a real browser.

The addresses come from the table of tests/test_access.py, so that a new page is looked at without being asked for.
"""

from contextlib import suppress

import pytest
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page

from enamnd.accounts.models import User
from enamnd.documents.models import Case, Document
from enamnd.organisation.models import Body, Mandate, Municipality, Office, Person, Seat
from finance.models import (
    Allocation,
    BudgetVersion,
    CostItem,
    InvoiceQuestion,
    InvoiceRun,
    KeyFigureKind,
    LedgerMapping,
    ModelVersion,
    VatRule,
)
from meetings.models import (
    Adjustment,
    AttendancePeriod,
    CouncilMatter,
    DelegatedDecision,
    DelegationOrder,
    FollowUp,
    Meeting,
    Newsletter,
    NewsletterReader,
    Phrase,
    PlannedDay,
    StandingItem,
)
from meetings.newsletters import receivers
from projects.models import (
    Activity,
    ActivityLink,
    Agreement,
    Commission,
    Directive,
    DirectiveHeading,
    OutsideOrganisation,
    Phase,
)
from riskcontrol.governing.template import read_template
from riskcontrol.models import (
    Audit,
    AuditPackage,
    Check,
    EffectGoal,
    Evidence,
    Finding,
    GoalMeasure,
    GoalMoney,
    GoverningDocument,
    Measure,
    Occasion,
    Questionnaire,
    RiskCategory,
)
from tests import factories
from tests.browser import assert_accessible, assert_no_sideways_scrolling
from tests.test_access import TABLE, address_of

NARROWEST = {"width": 320, "height": 640}
DESK = {"width": 1440, "height": 900}

# Answers that are files or parts of a page.
NO_PAGES = {
    "adjusting:frozen",
    "adjusting:paper",
    "documents:file",
    "finance:allocation_file",
    "finance:budget_file",
    "finance:figure_file",
    "finance:follow_up_file",
    "finance:municipality_file",
    "finance:invoice_archive",
    "finance:invoice_file",
    "finance:run_export",
    "meetings:call_archive",
    "meetings:call_pdf",
    "meetings:call_preview",
    "meetings:delegation_order_pdf",
    "meetings:export",
    "meetings:extract_pdf",
    "meetings:paragraph_facts",
    "meetings:preview_pdf",
    "meetings:protocol_pdf",
    "meetings:section_now",
    "projects:agreement_file",
    "projects:calendar",
    "projects:call_off_file",
    "projects:directive_pdf",
    "projects:commission_file",
    "projects:idea_file",
    "projects:municipality_file",
    "projects:organisation_file",
    "projects:people_file",
    "projects:request_file",
    "projects:matrix_file",
    "projects:report_file",
    "projects:table_file",
    "riskcontrol:attendance_file",
    "riskcontrol:consultation_pdf",
    "riskcontrol:follow_up_pdf",
    "riskcontrol:governing_pdf",
    "riskcontrol:governing_word",
    "riskcontrol:audit_list",
    "riskcontrol:package_file",
    "riskcontrol:plan_file",
    "riskcontrol:plan_pdf",
    "riskcontrol:questionnaire_pdf",
    "riskcontrol:risk_file",
}
# The paper on the screen is as wide as paper.
PAPER = {"adjusting:text", "meetings:preview", "public:protocol"}
OPEN_TO_ALL = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "accessibility",
    "public:calendar",
    "public:kit",
    "public:newsletter",
    "public:newsletter_leaving",
    "public:newsletter_list",
    "public:notice_board",
    "public:protocol",
    "public:protocol_list",
    "verification:verify",
]
OF_AN_ACCOUNT = [
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
]
IN_APP = {"finance": {"year": 2026}}  # the year with most in it
READERS = ("secretary", "administrator", "coordinator")


@pytest.fixture
def sample(transactional_db) -> dict:
    """The sample board, and one of each thing that addresses speak of: the fullest there is."""
    call_command("load_sample", verbosity=0)
    meeting = max(Meeting.objects.all(), key=lambda each: each.paragraphs.count())
    paragraph = max(meeting.paragraphs.all(), key=lambda each: len(str(each.sections)))
    period = AttendancePeriod.objects.first()
    user = User.objects.filter(grants__role="member").first()
    document = Document.objects.first() or factories.document(Case.objects.first())
    return {
        "meeting_id": meeting.pk,
        "paragraph_id": paragraph.pk,
        "key": paragraph.sections[0]["key"],
        "history_id": paragraph.history.first().pk,
        "row_id": meeting.attendance.first().pk,
        "period_id": period.pk if period else 0,
        "phrase_id": Phrase.objects.first().pk,
        "case_id": document.case.pk,
        "document_id": document.pk,
        "body_id": Body.objects.filter(kind="board").first().pk,
        "municipality_id": Municipality.objects.first().pk,
        "person_id": Person.objects.filter(mandates__isnull=False).first().pk,
        "seat_id": Seat.objects.first().pk,
        "mandate_id": Mandate.objects.first().pk,
        "office_id": Office.objects.first().pk,
        "user_id": user.pk,
        "grant_id": user.grants.first().pk,
        "letter_id": factories.letter().pk,
        "decision_id": DelegatedDecision.objects.filter(is_urgent=True).first().pk,
        "order_id": (order := DelegationOrder.objects.order_by("-valid_from").first()).pk,
        "point_id": order.points.first().pk,
        "follow_up_id": FollowUp.objects.filter(done_on=None).first().pk,
        "matter_id": CouncilMatter.objects.first().pk,
        "dispatch_id": factories.dispatch(meeting).pk,
        "call_id": factories.call(meeting).pk,
        "newsletter_id": Newsletter.objects.get(sent_at=None).pk,
        "sent_newsletter_id": Newsletter.objects.get(sent_at__isnull=False).pk,
        "reader_id": (reader := NewsletterReader.objects.first()).pk,
        "key_of_reader": receivers.token_of(reader),
        **signed_by(Adjustment.objects.filter(adjusted_on=None, withdrawn_at=None).first()),
        **notices_of(Adjustment.objects.exclude(adjusted_on=None).first() or factories.adjustment()),
        "day_id": PlannedDay.objects.first().pk,
        "item_id": StandingItem.objects.first().pk,
        **of_projects(),
        **of_control(),
        **of_finance(),
        **of_invoices(),
        **of_goals(),
        **of_governing(),
        **of_audits(),
        "year": PlannedDay.objects.first().plan.year,
        "part": "sidor",
    }


def signed_by(frozen: Adjustment) -> dict:
    """What the addresses of a protocol that waits for signatures speak of."""
    return {"adjustment_id": frozen.pk, "signatory_id": frozen.signatories.first().pk}


def notices_of(adjusted: Adjustment) -> dict:
    """What the addresses of notices and of what is published speak of."""
    notice = adjusted.notices.first() or factories.notice(adjusted)
    published = adjusted.publications.filter(withdrawn_at=None).first() or factories.publication(adjusted)
    return {
        "adjusted_id": adjusted.pk,
        "notice_id": notice.pk,
        "notice_token": notice.token,
        "publication_id": published.pk,
        "appeal_id": factories.appeal(adjusted.meeting.paragraphs.first()).pk,
    }


def of_projects() -> dict:
    """The sample activity that most has happened to, and what belongs to it."""
    activity = Activity.objects.get(name="Samordnad elevhälsa")
    agreement = Agreement.objects.get(name="Konsulttjänster inom verksamhetsutveckling")
    directive = Directive.objects.exclude(revision="").get(verified_on=None)
    return {
        "directive_id": directive.pk,
        "directive_version_id": directive.history.last().pk,
        "heading_id": DirectiveHeading.objects.first().pk,
        "paper_kind": "slutrapport",
        "activity_id": activity.pk,
        "phase_id": Phase.objects.first().pk,
        "step_id": activity.steps.get(ended_on=None).pk,
        "deliverable_id": activity.steps.get(ended_on=None).deliverables.filter(approved_on=None).first().pk,
        "link_id": ActivityLink.objects.first().pk,
        "agreement_id": agreement.pk,
        "option_id": agreement.options.first().pk,
        "call_off_id": agreement.call_offs.first().pk,
        "procurement_id": agreement.procurement.first().pk,
        "assignment_id": activity.assignments.first().pk,
        "stakeholder_id": activity.stakeholders.first().pk,
        "task_id": activity.bodies.first().pk,
        "request_id": activity.requests.first().pk,
        "commission_id": Commission.objects.filter(activity=None, is_accepted=True, closed_on=None).get().pk,
        "idea_id": Activity.objects.filter(kind="idea", closed_on=None).first().pk,
        "organisation_id": OutsideOrganisation.objects.first().pk,
    }


def of_control() -> dict:
    """The sample plan of the year that goes on, and what most has happened to in it."""
    check = Check.objects.get(result="deviation")
    activity = check.activity
    plan = activity.item.risk.plan
    return {
        "plan_year": plan.year,
        "scale_id": plan.scale_id,
        "risk_category_id": RiskCategory.objects.first().pk,
        "plan_step_id": plan.steps.first().pk,
        "risk_id": activity.item.risk_id,
        "control_item_id": activity.item_id,
        "control_activity_id": activity.pk,
        "check_id": check.pk,
        "measure_id": Measure.objects.first().pk,
        "control_follow_up_id": plan.follow_ups.get().pk,
    }


def of_finance() -> dict:
    """The sample board's economy: an allocation with a project's participants, and this year's budget."""
    kind = KeyFigureKind.objects.get(name="Folkmängd")
    allocation = Allocation.objects.get(
        activity__isnull=False, cause="first", year=2027, item__name__startswith="Digital"
    )
    version = ModelVersion.objects.get(model__name="Lika och folkmängd")
    budget = BudgetVersion.objects.get(budget__year=2026, number=1)
    return {
        "kind_id": kind.pk,
        "figure_id": kind.figures.first().pk,
        "model_id": version.model_id,
        "version_id": version.pk,
        "part_id": version.parts.first().pk,
        "allocation_id": allocation.pk,
        "cost_item_id": CostItem.objects.first().pk,
        "mapping_id": LedgerMapping.objects.first().pk,
        "number": budget.number,
        "comment_id": budget.comments.first().pk,
        "outcome_id": budget.budget.outcomes.get().pk,
        "forecast_id": budget.budget.forecasts.get().pk,
    }


def of_invoices() -> dict:
    """The sample board's latest question about an invoice, and the run that waits for attest."""
    asked = InvoiceQuestion.objects.select_related("invoice").last()
    return {
        "run_id": InvoiceRun.objects.filter(issue=None).first().pk,
        "invoice_number": asked.invoice.number,
        "question_id": asked.pk,
        "rule_id": VatRule.objects.first().pk,
        "file_kind": "pdf",
        "ledger_kind": "csv",
    }


def of_goals() -> dict:
    """The sample goals of the year that goes on, and the indicator that something is kept for by hand."""
    goal = GoalMeasure.objects.first().goal
    return {
        "goal_year": goal.plan.year,
        "goal_id": goal.pk,
        "goal_measure_id": goal.measures.first().pk,
        "goal_money_id": GoalMoney.objects.first().pk,
        "goal_period_id": goal.plan.periods.get(name="Tertial 2").pk,
        "indicator_id": goal.plan.indicators.filter(kind="at_least").first().pk,
        "effect_goal_id": EffectGoal.objects.first().pk,
        "occasion_id": Occasion.objects.first().pk,
    }


def of_governing() -> dict:
    """The sample document that is being written, and the section that has most to show."""
    document = GoverningDocument.objects.latest("year")
    return {
        "governing_kind_id": document.kind_id,
        "template_key": read_template(document.kind.structure)[-1].key,
        "governing_id": document.pk,
        "governing_section_id": document.sections.get(heading__startswith="Internkontrollplan").pk,
        "edition_id": document.editions.first().pk,
        "reference_id": document.references.first().pk,
        "consultation_id": document.consultations.get().pk,
    }


def of_audits() -> dict:
    """The sample audit with a measure that goes on, and the questions that wait for answers."""
    audit = Audit.objects.filter(
        findings__measures__done_on=None, questionnaires__isnull=False, reply__isnull=False
    ).get(findings__measures__isnull=False)
    asked = Questionnaire.objects.get(submissions=None)
    return {
        "audit_id": audit.pk,
        "audit_year": audit.year,
        "reply_id": audit.reply_id,
        "finding_id": Finding.objects.filter(audit=audit).first().pk,
        "audit_measure_id": audit.findings.first().measures.get().pk,
        "questionnaire_id": asked.pk,
        "audit_question_id": asked.sections.first().questions.get(number="1.1.1").pk,
        "evidence_id": Evidence.objects.first().pk,
        "package_id": AuditPackage.objects.get().pk,
    }


def pages_of(role: str, sample: dict) -> dict[str, str]:
    """Name and address of the pages to look at as this role: each page as one role only."""
    others = READERS[: READERS.index(role)]
    return {
        entry.name: address_of(entry.name, sample | IN_APP.get(entry.name.split(":")[0], {}))
        for entry in TABLE
        if entry.method == "GET" and role in entry.to and not entry.to & set(others) and entry.name not in NO_PAGES
    }


def own_pages() -> dict[str, str]:
    found = {"404": "/finns/inte/"}
    for name in OF_AN_ACCOUNT:
        with suppress(NoReverseMatch):
            found[name] = reverse(name)
    return found


def look_at(page: Page, name: str):
    """What every page must be: whole, named, readable in light and in dark, and no wider than the smallest window."""
    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.title().strip(" ·"), "sidan saknar titel"
    assert page.locator("h1").count() == 1, "sidan ska ha en huvudrubrik"
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, only=["color-contrast"])
    if name not in PAPER:
        page.set_viewport_size(NARROWEST)
        assert_no_sideways_scrolling(page)


def complaints(page: Page, pages: dict[str, str]) -> list[str]:
    """What is wrong with the pages, all of it."""
    found = []
    for name, address in pages.items():
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)
        answer = page.goto(address)
        try:
            assert answer.ok or name == "404", f"svaret blev {answer.status}"
            look_at(page, name)
        except AssertionError as complaint:
            found.append(f"{name} {address}: {complaint}")
    return found


def test_every_page_can_be_read_by_everybody(new_page, log_in, sample, page_trouble):
    page_trouble.expect("404")
    found = complaints(new_page(), {name: address_of(name, sample) for name in OPEN_TO_ALL})
    for role in READERS:
        page = new_page()
        log_in(page, User.objects.filter(grants__role=role).first())
        found += complaints(page, pages_of(role, sample) | (own_pages() if role == READERS[0] else {}))

    assert not found, "\n\n".join(found)


def test_the_look_finds_what_is_wrong(new_page, page_trouble):
    """So that the tests above can fail."""
    page = new_page()
    page.goto(reverse("accessibility"))
    page.set_viewport_size(NARROWEST)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"/static/icons/favicon.svg\" width=900>')")

    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
    with pytest.raises(AssertionError, match="i sidled"):
        assert_no_sideways_scrolling(page)
