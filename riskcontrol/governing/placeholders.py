"""What is left to fill in of a text: <Ange …>, xxxx-xx-xx § xx, […]. Plain Python (R303)."""

import re

# A footnote is written in brackets too, and is no placeholder.
_PLACEHOLDER = re.compile(
    r"<\s*[A-ZÅÄÖa-zåäö][^<>\n]{0,200}>"
    r"|\bx{4}-x{2}-x{2}(?:\s*§\s*x+)?"
    r"|§\s*x{2,}"
    r"|\[(?!\s*fotnot:)[^\[\]\n]{0,200}\]",
    re.IGNORECASE,
)


def placeholders_in(text: str) -> tuple[str, ...]:
    """Everything in a plain text that somebody was to fill in, in order, each as it is written."""
    return tuple(" ".join(found[0].split()) for found in _PLACEHOLDER.finditer(text))
