"""Which policy issue a proposal is about, and on which side: the codebook's patterns and examples."""
