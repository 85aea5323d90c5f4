"""The shelves of one transaction: what is read is kept, what is written is gathered."""
