-- table: utterances
-- severity: critical
-- scope: article
-- What was said has a first possible day that is not after the last.
SELECT utterance_id, said_earliest, said_latest FROM utterances WHERE said_earliest > said_latest
