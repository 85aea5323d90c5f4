"""The tests; no process of theirs needs all of aiogram's types."""

from bot import light_aiogram

light_aiogram.load()
