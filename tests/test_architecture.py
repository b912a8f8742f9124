"""The house keeps its shape: what import-linter (pyproject.toml) cannot see."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    "journal",
    "organisation",
    "accounts",
    "letters",
    "documents",
    "meetings",
    "projects",
    "finance",
    "riskcontrol",
]
PRODUCT = ["enamnd", "meetings", "projects", "finance", "riskcontrol", "templates", "static/css", "static/js"]
TOP_LEVEL = {
    *("manage.py", "Makefile", "pyproject.toml", "requirements.lock", "README.md", ".gitignore", ".ci"),
    *("enamnd", "meetings", "projects", "finance", "riskcontrol", "templates", "static", "tests"),
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
VAGUE_NAMES = {"utils", "helpers", "services", "core", "common", "misc"}

# Everything else is PROTECT. Reason beside each.
MAY_GO = {
    # parts of a meeting, which itself cannot go while it has paragraphs
    "meetings.Attendance.meeting": models.CASCADE,
    "meetings.AttendancePeriod.attendance": models.CASCADE,
    "meetings.Adjuster.meeting": models.CASCADE,
    "meetings.ChairPeriod.meeting": models.CASCADE,
    "meetings.ExternalSignature.meeting": models.CASCADE,
    "meetings.MeetingDay.meeting": models.CASCADE,
    "meetings.Moment.meeting": models.CASCADE,
    # votes are part of their ballot, which keeps its history
    "meetings.Vote.ballot": models.CASCADE,
    "meetings.Proof.meeting": models.CASCADE,
    # points are part of a version of the order, which itself cannot go while decisions rest on them
    "meetings.DelegationPoint.order": models.CASCADE,
    # whom somebody served for is unknown once that row has gone
    "meetings.Attendance.replaces": models.SET_NULL,
    "meetings.AttendancePeriod.replaces": models.SET_NULL,
    # a day goes alone, and only while its plan is a proposal; a plan itself is never removed
    "meetings.PlannedDay.plan": models.CASCADE,
    # an address that nobody but its owner has
    "meetings.FeedToken.user": models.CASCADE,
    # says only that a window is open right now
    "meetings.Presence.paragraph": models.CASCADE,
    "meetings.Presence.user": models.CASCADE,
}


def own_models() -> list[type[models.Model]]:
    """The portal's models, without the tables where their history is kept."""
    return [each for each in apps.get_models() if each._meta.app_label in LAYERS and not hasattr(each, "instance_type")]


def relations():
    return [
        pytest.param(field, id=f"{model._meta.label}.{field.name}")
        for model in own_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not field.auto_created and field.model is model
    ]


def product_files(*endings: str) -> list[Path]:
    return [
        file
        for folder in PRODUCT
        for file in sorted((ROOT / folder).rglob("*"))
        if file.suffix in endings and "migrations" not in file.parts and file.name.count(".") == 1
    ]


def functions(file: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)]


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("field", relations())
def test_later_facts_point_at_earlier_ones(field):
    here, there = field.model._meta.app_label, field.related_model._meta.app_label
    if there in LAYERS:
        assert LAYERS.index(there) <= LAYERS.index(here)


@pytest.mark.parametrize("field", [each for each in relations() if not each.values[0].many_to_many])
def test_nothing_goes_because_something_else_goes(field):
    name = f"{field.model._meta.label}.{field.name}"
    if field.related_model._meta.app_label in LAYERS:
        assert field.remote_field.on_delete is MAY_GO.get(name, models.PROTECT)


def test_every_exception_is_about_a_relation_that_exists():
    assert set(MAY_GO) <= {each.id for each in relations()}


def test_the_journal_points_at_nothing():
    journal = [model for model in own_models() if model._meta.app_label == "journal"]

    assert journal
    assert not [field for model in journal for field in model._meta.get_fields() if field.is_relation]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_models_save_as_django_saves(model):
    assert "save" not in vars(model)
    assert "delete" not in vars(model)


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_every_model_says_what_it_is(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}("), "Django's own description of the fields"


def test_constraints_are_sentences():
    names = [constraint.name for model in own_models() for constraint in model._meta.constraints]

    assert names
    assert [name for name in names if name.count("_") < 3] == []


def test_nothing_happens_behind_the_back():
    signals = ("django.db.models.signals", "django.dispatch", "simple_history.signals")

    assert [name_of(file) for file in product_files(".py") if any(word in file.read_text() for word in signals)] == []


def test_no_file_is_a_drawer_for_everything():
    assert [name_of(file) for file in product_files(".py", ".html", ".js", ".css") if file.stem in VAGUE_NAMES] == []


def test_files_are_short():
    files = product_files(".py", ".html", ".js", ".css")
    lengths = {name_of(file): len(file.read_text().splitlines()) for file in files}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short():
    lengths = {
        f"{name_of(file)}:{function.name}": function.end_lineno - function.lineno + 1
        for file in product_files(".py")
        for function in functions(file)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_templates_neither_style_nor_script_inline():
    forbidden = (" style=", " onclick=", " onchange=", " onsubmit=", " oninput=", "javascript:")
    found = [
        f"{name_of(file)}: {word}"
        for file in product_files(".html")
        for word in forbidden
        if word in file.read_text() and "print" not in file.parts
    ]

    assert found == []


def test_templates_leave_escaping_to_django():
    """What people wrote is cleaned on its way in and comes out as SafeString; templates trust nothing themselves."""
    trusting = [name_of(file) for file in product_files(".html") if "|safe" in file.read_text()]

    assert trusting == ["templates/django/forms/field.html"]  # help texts, which are the code's own


def test_the_top_level_holds_what_readme_says():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if kept.returncode:
        pytest.skip("Projektet ligger inte i git här.")

    assert {line.split("/")[0] for line in kept.stdout.splitlines()} <= TOP_LEVEL


def test_the_library_for_saml_loads():
    """lxml and xmlsec each carry a libxml2; two that differ break the process."""
    subprocess.run([sys.executable, "-c", "import lxml.etree, xmlsec"], check=True)
