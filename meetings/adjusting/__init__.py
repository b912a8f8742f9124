"""The adjustment of a protocol: frozen, signed, declined, unlocked."""
