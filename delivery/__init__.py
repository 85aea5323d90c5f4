"""Outbox to Telegram, and photos from it: the only room that tells people things."""
