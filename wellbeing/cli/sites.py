"""`flask site create`."""
