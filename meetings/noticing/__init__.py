"""After the adjustment: the law's clocks, and the notices on every board."""
