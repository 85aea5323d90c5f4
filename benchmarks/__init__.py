"""Measures the product against floors and peers, in one run, interleaved."""

from bot import light_aiogram

light_aiogram.load()  # as the command line does
