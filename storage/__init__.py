"""The only room that speaks SQL: tables, shelves, the unit of work, the writer, migrations."""
