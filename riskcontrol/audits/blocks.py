"""Texts for protocols out of the audits: what the auditors say, and what the board answers them."""

from collections.abc import Iterable

from enamnd.dates import long_date
from enamnd.formats import listed
from meetings.text.markup_tree import escaped
from meetings.text.tables import table

from ..models import Audit, AuditMeasure, Questionnaire
from . import answer_paper


def audit_findings(options: dict) -> str:
    """The assessments of chosen audits, quoted, and their recommendations with measures. `audits` are keys.

    Municipalities that recommend the same are named together, so that one paragraph can answer them all.
    """
    audits = list(
        Audit.objects.filter(pk__in=options.get("audits", []))
        .select_related("municipality", "report")
        .prefetch_related("findings__measures")
        .order_by("municipality__name")
    )
    if not audits:
        return ""
    told = "".join(map(_assessment, audits))
    return told + _recommendations(audits) + _measures(audits)


def _assessment(audit: Audit) -> str:
    name = escaped(audit.municipality.full_name)
    lead = f"<p>{name} har granskat nämnden för år {audit.year}.</p>"
    if audit.quotes:
        lead += f"<p>{name} gör bedömningen att:</p>" + _list(f"”{each}”" for each in audit.quotes)
    else:
        lead += _list(verdict_lines(audit))
    if audit.discharge == Audit.Discharge.QUESTIONED:
        lead += f"<p>Revisorerna ifrågasätter ansvarsfriheten: {escaped(audit.discharge_note)}</p>"
    plain = [each.text for each in audit.findings.all() if not each.recommendation]
    return lead + (f"<p>{name} har noterat utan att rekommendera något:</p>{_list(plain)}" if plain else "")


def verdict_lines(audit: Audit) -> list[str]:
    """The assessment in its three dimensions, those that are given: ”ändamålsenligt: i allt väsentligt”."""
    told = (
        ("Verksamheten sköts ändamålsenligt", audit.get_purposeful_display()),
        ("Verksamheten sköts ekonomiskt tillfredsställande", audit.get_economical_display()),
        ("Den interna kontrollen är tillräcklig", audit.get_controlled_display()),
    )
    return [f"{what}: {verdict.lower()}." for what, verdict in told if verdict]


def _recommendations(audits: Iterable[Audit]) -> str:
    said: dict[str, tuple[str, list[str]]] = {}
    for audit in audits:
        for finding in audit.findings.all():
            if finding.recommendation:
                key = " ".join(finding.recommendation.casefold().split())
                said.setdefault(key, (finding.recommendation, []))[1].append(audit.municipality.full_name)
    groups: dict[tuple[str, ...], list[str]] = {}
    for text, names in said.values():
        groups.setdefault(tuple(dict.fromkeys(names)), []).append(text)
    told = []
    for names, texts in groups.items():
        same = " samma" if len(names) > 1 else ""
        noun = "rekommendation" if len(texts) == 1 else "rekommendationer"
        told.append(f"<p>{escaped(listed(names))} lämnar{same} {noun}:</p>{_list(f'”{each}”' for each in texts)}")
    return "".join(told)


def _measures(audits: Iterable[Audit]) -> str:
    measures: dict[int, AuditMeasure] = {
        measure.pk: measure
        for audit in audits
        for finding in audit.findings.all()
        for measure in finding.measures.all()
    }
    if not measures:
        return ""
    rows = (
        [each.text, each.owner, long_date(each.due_on), each.reported_at]
        for each in sorted(measures.values(), key=lambda one: (one.due_on, one.pk))
    )
    return "<h4>Åtgärder</h4>" + table(["Åtgärd", "Ansvarig", "Klar senast", "Återrapporteras"], rows)


def audit_answers(options: dict) -> str:
    """The answers to a questionnaire, a table a section. `questionnaire` is its key."""
    rows = Questionnaire.objects.select_related("audit__municipality").prefetch_related("sections")
    found = rows.filter(pk=options.get("questionnaire")).first()
    if found is None:
        return ""
    paper = answer_paper.compose(found)
    return "".join(_section(each) for each in paper.sections)


def _section(section: answer_paper.PaperSection) -> str:
    heading = f"<h4>{escaped(section.heading)}</h4>"
    if section.is_prose:
        rows = ([each.area, each.asked_for, each.text, _said(each)] for each in section.answers)
        return heading + table(["Område", "År", "Fråga", "Svar"], rows)
    rows = ([each.number, each.text, *each.marks, _said(each)] for each in section.answers)
    return heading + table([section.number or "Nr", section.title, "Ja", "Nej", "Delvis", "Kommentarer"], rows)


def _said(answer: answer_paper.PaperAnswer) -> str:
    evidence = [f"Underlag: {'; '.join(answer.evidence)}"] if answer.evidence else []
    return "\n".join(filter(None, [*answer.comment, answer.note, *evidence]))


def _list(texts: Iterable[str]) -> str:
    items = "".join(f"<li><p>{escaped(each)}</p></li>" for each in texts)
    return f"<ul>{items}</ul>" if items else ""
