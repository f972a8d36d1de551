"""What pages print around and inside an article and is no part of it, each kind by itself."""
