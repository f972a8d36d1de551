"""Who proposes, to whom, and whom it affects."""
