"""The scripts of Alembic; storage/migrate.py runs them."""
