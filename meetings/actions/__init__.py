"""The verbs: what people do with meetings, a module a subject."""
