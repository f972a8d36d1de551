"""What is proposed: the clause that says it, its frame, its mood."""
