"""One verb per file: load, decide, save; plain synchronous functions over a unit of work."""
