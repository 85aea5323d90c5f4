"""What runs when: the one clock, the timetable of the daily things, the tick."""
