"""Update → command: one file per thing a person does, each registers its handlers. Thin."""
