"""The text of a paragraph: its sections and their markup, references, versions, and the desk where it is written."""
