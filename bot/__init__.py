"""The entry point: command line, configuration, assembly, receiver, logs."""
