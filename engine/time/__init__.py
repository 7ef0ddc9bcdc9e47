"""When: calendars, periods, schedules, day counts, and the order of one day. Plain dates and whole numbers."""
