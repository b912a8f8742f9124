"""The rules that a joint board sets for itself in its reglemente and rules of procedure, with what is usual.

What the law settles (days, majorities) does not stand here: see meetings/noticing/clock_rules.py. What the law leaves
to the reglemente does (KL 9 kap. 33 §): the manner of adjustment, the days of the call, distance, substitutes.
"""

DEFAULT_RULES = {
    "call_days": 7,  # days before the meeting that the call goes out; the law has no such rule for a board
    "adjusters": 1,  # how many adjust the protocol beside the chair
    "allows_remote": True,  # KL 6 kap. 24 §
    "allows_immediate_adjustment": True,
    "substitutes_from": "municipality",  # "municipality": those of the member's own party; "all": in the board's order
    "sends_to_preparatory_group": True,
    "report_days": 60,  # how old a status report may be before its reporter is reminded
}
