"""One file that holds a whole city, made beside a running bot, and the way back from it.

A zip: `database/` (a copy of the SQLite file, or the rows of PostgreSQL), `photos/`, `config/`
(without any secret), and `manifest.json` with the size and SHA-256 of each of them.
"""
