"""The learned tagger: an encoder that marks cue, source and content, and the links between them."""
