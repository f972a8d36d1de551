"""Where an act of proposing stands in the text: by its cue, a modal, a future, a judgement, a noun, a quotation."""
