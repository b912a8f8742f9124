"""Min kommun: what the whole portal knows of one municipality, on a page that stands above all apps.

Each part of the page is made by a provider in parts.py or a file beside it: a function of (user, municipality, today)
that gives a Part, or None when the reader may not see it or there is nothing to tell of. A new part is one function and
its template, added to PROVIDERS in views.py.
"""
