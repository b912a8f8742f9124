"""Static files with the hash of what they hold in their names, the modules that import each other among them.

A module that imports "./page.js" by its plain name would run a second copy of it beside the page's own
"page.<hash>.js": every key would be pressed twice, and after an upgrade old modules would meet new ones.
"""

from whitenoise.storage import CompressedManifestStaticFilesStorage as HashedFiles


class StaticFiles(HashedFiles):
    """Hashed and compressed; imports are rewritten in the portal's own modules, those under js/.

    The libraries' files are left as they are: some of them name in comments what they do not hold.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("js/*.js", HashedFiles._js_module_import_aggregation_patterns[1])
