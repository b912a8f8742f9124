"""The auditors' questions: taken in, answered one by one, handed over."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from riskcontrol.actions import questionnaires as actions
from riskcontrol.audits import answer_paper, rules, sharing
from riskcontrol.audits.lists import known_evidence
from riskcontrol.forms.plans import ReasonForm
from riskcontrol.forms.questionnaires import AnswerForm, EvidenceForm, LoadQuestionsForm, QuestionnaireForm, SubmitForm
from riskcontrol.models import Evidence, Question, Questionnaire

from .audits import FORM, audit_of
from .kit import pdf_answer


def _questionnaire(questionnaire_id: int) -> Questionnaire:
    rows = Questionnaire.objects.select_related("audit__municipality", "previous__audit").prefetch_related(
        "sections", "submissions__paper", "also__municipality"
    )
    return get_object_or_404(rows, pk=questionnaire_id)


def _context(request, found: Questionnaire) -> dict:
    submission = rules.submission_of(found)
    may_keep = is_allowed(rules.check_can_keep, request.user)
    return {
        "questionnaire": found,
        "audit": found.audit,
        "asked_by": sharing.names_of(found) if found.also.all() else "",
        "submission": submission,
        "may_keep": may_keep,
        "may_answer": may_keep and submission is None,
    }


@requires(Permission.READ_CONTROL)
def questionnaire(request, questionnaire_id):
    """All questions with their answers, and last year's beside them."""
    found = _questionnaire(questionnaire_id)
    asked = answer_paper.questions_of(found)
    to_answer = [each for each in asked if each.is_to_answer]
    context = _context(request, found) | {
        "sections": [(each, [one for one in asked if one.section_id == each.pk]) for each in found.sections.all()],
        "number": len(to_answer),
        "answered": sum(each.is_answered for each in to_answer),
        "next": next((each for each in to_answer if not each.is_answered), None),
        "steps": trail_of(found),
        "may_remove": is_allowed(rules.check_can_remove_questionnaire, found),
        "today": timezone.localdate(),
    }
    return render(request, "riskcontrol/questionnaire.html", context)


@requires(Permission.READ_CONTROL)
def questionnaire_pdf(request, questionnaire_id):
    """The answers as PDF: the issued paper, or the draft as it stands."""
    found = _questionnaire(questionnaire_id)
    submission = rules.submission_of(found)
    if submission and submission.paper:
        content = bytes(submission.paper.file.content)
    else:
        content = answer_paper.as_pdf(answer_paper.compose(found, submission.submitted_on if submission else None))
    return pdf_answer(content, f"svar-till-revisorerna-{found.audit.year}-{found.pk}")


@requires(Permission.KEEP_CONTROL)
def questionnaire_import(request, audit_id):
    """Questions from a file."""
    audit = audit_of(audit_id)
    form = LoadQuestionsForm(request.POST or None, request.FILES or None)
    problems = ()
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        file = facts.pop("file")
        try:
            made = actions.load_questionnaire(audit, file.read(), file.name, **facts, by=request.user)
            messages.success(request, f"{made} är inläst.")
            return redirect(made)
        except Refused as refusal:
            problems = refusal.lines if len(refusal.lines) > 1 else ()
            if problems:
                form.add_error("file", f"Filen har {len(problems)} fel. De står överst på sidan.")
            else:
                add_refusal(form, refusal)
    context = {"form": form, "problems": problems, "audit": audit}
    return render(request, "riskcontrol/questionnaire_import.html", context, status=422 if form.errors else 200)


@requires(Permission.KEEP_CONTROL)
def questionnaire_change(request, questionnaire_id):
    """From whom the questions came, who answers, and by when."""
    found = _questionnaire(questionnaire_id)

    def act(data):
        actions.change_questionnaire(Questionnaire(pk=found.pk), **data, by=request.user)
        return found.get_absolute_url()

    form = QuestionnaireForm(request.POST or None, instance=found)
    more = {"title": "Formulärets uppgifter", "button": "Spara", "back": found.get_absolute_url()}
    context = _context(request, _questionnaire(questionnaire_id)) | more
    return form_page(request, form, act, template=FORM, **context)


@require_POST
@requires(Permission.KEEP_CONTROL)
def questionnaire_removal(request, questionnaire_id):
    """Remove questions that were taken in by mistake."""
    found = _questionnaire(questionnaire_id)
    audit = found.audit
    actions.remove_questionnaire(found, by=request.user)
    messages.success(request, "Formuläret är borttaget.")
    return redirect(audit)


@requires(Permission.KEEP_CONTROL)
def question(request, audit_question_id):
    """Answer one question, with last year's answer and what shows that it is true; then go on to the next."""
    row = get_object_or_404(_questions(), pk=audit_question_id)
    found = _questionnaire(row.section.questionnaire_id)
    asked = answer_paper.questions_of(found)
    following = _after(row, asked)
    form = AnswerForm(request.POST or None, instance=row, initial=_start(request, row))

    def act(data):
        rules.check_one_mark(row, form.given_marks())
        answer = {"mark": data.get("mark", ""), "comment": data["comment"], "revision": data["revision"]}
        is_not_applicable = data["is_not_applicable"]
        actions.answer_question(Question(pk=row.pk), **answer, is_not_applicable=is_not_applicable, by=request.user)
        if "evidence" in request.POST:
            return reverse("riskcontrol:evidence_new", args=[row.pk])
        return following.get_absolute_url() if following and "next" in request.POST else found.get_absolute_url()

    context = _context(request, found) | {
        "question": get_object_or_404(_questions(), pk=audit_question_id),
        "evidence": row.evidence.all(),
        "following": following,
        "place": [each.pk for each in asked].index(row.pk) + 1,
        "number": len(asked),
        "is_from_last_year": "utga" in request.GET,
    }
    return form_page(request, form, act, template="riskcontrol/question.html", **context)


def _questions():
    return Question.objects.select_related("section", "follows__section__questionnaire__audit").prefetch_related(
        "evidence__document", "evidence__paragraph__meeting"
    )


def _start(request, row: Question) -> dict:
    """Last year's answer to begin from, when it was asked for."""
    if "utga" not in request.GET or row.follows is None:
        return {}
    return {name: getattr(row.follows, name) for name in ("mark", "comment", "is_not_applicable")}


def _after(row: Question, asked: list[Question]) -> Question | None:
    """The next question that is to be answered."""
    keys = [each.pk for each in asked]
    return next((each for each in asked[keys.index(row.pk) + 1 :] if each.is_to_answer), None)


@requires(Permission.KEEP_CONTROL)
def evidence_new(request, audit_question_id):
    """Tie a document, a paragraph or something else to an answer."""
    row = get_object_or_404(_questions(), pk=audit_question_id)
    found = _questionnaire(row.section.questionnaire_id)

    def act(data):
        actions.add_evidence(row, **data, by=request.user)
        return row.get_absolute_url()

    more = {"title": "Nytt underlag", "button": "Lägg till", "lead": str(row), "back": row.get_absolute_url()}
    context = _context(request, found) | more | {"suggestions": known_evidence(found.audit.year)}
    return form_page(request, EvidenceForm(request.POST or None), act, template=FORM, **context)


@require_POST
@requires(Permission.KEEP_CONTROL)
def evidence_removal(request, evidence_id):
    row = get_object_or_404(Evidence.objects.select_related("question__section"), pk=evidence_id)
    actions.remove_evidence(row, by=request.user)
    return redirect(row.question)


@requires(Permission.KEEP_CONTROL)
def submission(request, questionnaire_id):
    """Hand the answers over."""
    found = _questionnaire(questionnaire_id)
    left = [each for each in answer_paper.questions_of(found) if each.is_to_answer and not each.is_answered]

    def act(data):
        actions.submit_answers(found, **data, by=request.user)
        messages.success(request, "Svaren är lämnade och utfärdade som papper. Skicka papperet till revisorerna.")
        return found.get_absolute_url()

    lead = "Svaren utfärdas som papper och ändras inte mer."
    if left:
        names = ", ".join(each.number or f"”{each.text[:40]}…”" for each in left)
        lead += f" Obesvarade frågor lämnas tomma: {names}."
    more = {"title": "Lämna svaren", "button": "Lämna", "lead": lead, "back": found.get_absolute_url()}
    context = _context(request, found) | more
    return form_page(request, SubmitForm(request.POST or None), act, template=FORM, **context)


@requires(Permission.KEEP_CONTROL)
def submission_withdrawal(request, questionnaire_id):
    """Take back answers that were wrong."""
    found = _questionnaire(questionnaire_id)

    def act(data):
        actions.take_back_submission(found, data["reason"], by=request.user)
        messages.success(request, "Inlämningen är återtagen. Svaren kan ändras igen.")
        return found.get_absolute_url()

    lead = "Papperet som lämnades märks som återkallat."
    more = {"title": "Ta tillbaka svaren", "button": "Ta tillbaka", "lead": lead, "back": found.get_absolute_url()}
    context = _context(request, found) | more
    return form_page(request, ReasonForm(request.POST or None), act, template=FORM, **context)
