"""HTTP of the product: webhook, health, metrics. It asks whom it is given, and decides nothing."""
