"""Training of the attribution tagger. Not part of the product: only here is torch needed (extra `train`)."""
