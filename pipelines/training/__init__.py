"""Training of the encoder and its heads. Not part of the product: only here is torch needed (extra `train`)."""
