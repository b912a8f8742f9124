"""What happens at the table, paragraph by paragraph: who may vote, how votes are counted, what the protocol says."""

from .reading import quorum_at, serving_at, table_at, tally, votes_of

__all__ = ["quorum_at", "serving_at", "table_at", "tally", "votes_of"]
