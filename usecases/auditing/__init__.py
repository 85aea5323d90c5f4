"""The self-watch (自检): what must always hold, looked at every minute beside the work."""
