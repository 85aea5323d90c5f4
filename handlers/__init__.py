"""Update → command: one file per thing a person does, each with a router factory. Thin."""
