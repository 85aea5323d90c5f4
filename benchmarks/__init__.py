"""Measures the product against floors and peers, in one run, interleaved."""
