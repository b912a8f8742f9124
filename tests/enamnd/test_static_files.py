"""Static files as the portal gives them out, which the rest of the tests do not use."""

import re

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from enamnd.static_files import StaticFiles


def test_a_module_is_the_same_file_for_whoever_imports_it_as_for_the_page(tmp_path):
    source = FileSystemStorage(settings.BASE_DIR / "static")
    names = [f"js/{name}" for name in source.listdir("js")[1]]
    names += [f"js/draft/{name}" for name in source.listdir("js/draft")[1]]
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    for name in names:
        with source.open(name) as file:
            storage.save(name, file)

    for _, _, problem in storage.post_process({name: (storage, name) for name in names}):
        assert not isinstance(problem, Exception), problem

    sitting = (tmp_path / storage.stored_name("js/sitting.js")).read_text()
    assert f'from "./{storage.stored_name("js/page.js").removeprefix("js/")}"' in sitting
    for name in names:
        text = (tmp_path / storage.stored_name(name)).read_text()
        assert not re.search(r'from "\.[^"]*(?<!\.[0-9a-f]{12})\.js"', text), name
