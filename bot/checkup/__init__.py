"""`xunchaqun doctor`: whether all is in order, each thing with its remedy; nothing is changed."""
