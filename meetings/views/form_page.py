"""The page of one form (see enamnd/form_page.py) as it looks among the decisions."""

from functools import partial

from enamnd import form_page as shared

form_page = partial(shared.form_page, template="meetings/decisions_form.html")
