"""Pages of the economy, by what they are about."""
