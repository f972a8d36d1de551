"""Speech in quotation marks: whose it is, by the words beside it, the names in it and its neighbours."""
