"""Looking at what there is: SQL over a release, one article with what was found in it, discourse networks."""
