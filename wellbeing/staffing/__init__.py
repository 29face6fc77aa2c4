"""Looking after people: found, added, changed, invited, given roles, closed, opened again and erased."""
