"""Before the meeting: the year's plan, the annual wheel, the call and the calendar."""
