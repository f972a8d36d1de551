CREATE TABLE "articles" (
  "article_id" VARCHAR NOT NULL,
  "source_file" VARCHAR NOT NULL,
  "source_sha256" VARCHAR NOT NULL,
  "url" VARCHAR,
  "title" VARCHAR,
  "outlet" VARCHAR,
  "authors" VARCHAR[] NOT NULL,
  "dateline" VARCHAR,
  "section" VARCHAR,
  "rights" VARCHAR,
  "language" VARCHAR NOT NULL CHECK ("language" IN ('en')),
  "published" DATE,
  "published_basis" VARCHAR NOT NULL CHECK ("published_basis" IN ('given', 'stated', 'inferred', 'unknown')),
  "published_earliest" DATE,
  "published_latest" DATE,
  "published_edtf" VARCHAR,
  "published_evidence" VARCHAR,
  "published_rule" VARCHAR,
  "published_confidence" DOUBLE,
  "repairs" VARCHAR[] NOT NULL,
  "truncated" BOOLEAN NOT NULL,
  "text" VARCHAR NOT NULL,
  "word_count" BIGINT NOT NULL CHECK ("word_count" >= 0),
  "duplicate_of" VARCHAR,
  "supersedes" VARCHAR,
  PRIMARY KEY ("article_id")
);
COMMENT ON TABLE "articles" IS 'One row per distinct article. Its text is what every span of the other tables points into.';
COMMENT ON COLUMN "articles"."article_id" IS 'Identifies the article. First 16 hex digits of the SHA-256 of its raw text, so the same text has the same id everywhere.';
COMMENT ON COLUMN "articles"."source_file" IS 'Where the article came from. The seed folder''s name and the path below it, or a URL; a record''s line follows after "#". Of a correction its file and its correction_id.';
COMMENT ON COLUMN "articles"."source_sha256" IS 'SHA-256 of the file or record as received, 64 hex digits.';
COMMENT ON COLUMN "articles"."url" IS 'Web address of the article. Null if neither the record nor its folder gives one.';
COMMENT ON COLUMN "articles"."title" IS 'Headline as printed. Null if the text holds none.';
COMMENT ON COLUMN "articles"."outlet" IS 'Who published the article. Null if neither the text nor its metadata says.';
COMMENT ON COLUMN "articles"."authors" IS 'Persons named in the byline, in its order, without ''By''. Empty if there is none.';
COMMENT ON COLUMN "articles"."dateline" IS 'Place line at the head of the body (UNITED NATIONS, SEOUL), as printed. Null if there is none.';
COMMENT ON COLUMN "articles"."section" IS 'Section or topic label printed above the headline. Null if there is none.';
COMMENT ON COLUMN "articles"."rights" IS 'Who holds the rights, or the licence of the text, as given in the metadata of the article or of its folder. Null if nothing is given; then assume that all rights are reserved.';
COMMENT ON COLUMN "articles"."language" IS 'Language of the body, ISO 639-1. Only English articles are annotated; others are in rejections.';
COMMENT ON COLUMN "articles"."published" IS 'Day of publication, only if given, stated or inferred to the day. Null if the article does not fix it.';
COMMENT ON COLUMN "articles"."published_basis" IS 'How the publication date is known. given: in the metadata or the web address; stated: printed in the text; inferred: follows from the text; unknown: it does not.';
COMMENT ON COLUMN "articles"."published_earliest" IS 'First day on which the article can have appeared. Null if unbounded.';
COMMENT ON COLUMN "articles"."published_latest" IS 'Last day on which the article can have appeared. Null if unbounded.';
COMMENT ON COLUMN "articles"."published_edtf" IS 'Publication date or its bounds in EDTF (ISO 8601-2), such as 2018-09-27 or 2019-03/2019-12. Null if unknown.';
COMMENT ON COLUMN "articles"."published_evidence" IS 'The characters that fix the publication date or its bounds. Null if unknown.';
COMMENT ON COLUMN "articles"."published_rule" IS 'What the publication date or its bounds rest on: given, stated, or what inferred them, such as post, picture_of_day, event, dateline, bounds. Null if unknown. The dataset card tells how often each was right.';
COMMENT ON COLUMN "articles"."published_confidence" IS 'How often the bounds of such articles hold the true day, from 0 to 1, as measured for published_rule on articles with known days. Null if unknown.';
COMMENT ON COLUMN "articles"."repairs" IS 'What was mended before reading. encoding: bytes that were not UTF-8; mojibake: text decoded wrongly before it reached us; escapes: HTML character references left in plain text. Offsets count the mended text. Usually empty.';
COMMENT ON COLUMN "articles"."truncated" IS 'Whether the end of the text is missing, as whoever delivered it tells: a mark such as "[+2371 chars]" or "[…]", a last line that leads to the rest, a spreadsheet''s cell that is full. What was said after the cut is in no table. False does not prove that all is there.';
COMMENT ON COLUMN "articles"."text" IS 'Body without headline, byline, captions, prompts and comments; where a JSON record gives no title and its text begins with a headline and nothing else of a page, the headline stays as the first paragraph. Paragraphs unaltered and in order, split by one blank line.';
COMMENT ON COLUMN "articles"."word_count" IS 'Number of words in text.';
COMMENT ON COLUMN "articles"."duplicate_of" IS 'The earliest article that this one repeats: most of both texts is the same, or nearly all of this one is there. Never a duplicate itself. Null if this is the first of its kind.';
COMMENT ON COLUMN "articles"."supersedes" IS 'The version of this article that stood at the same web address, or in the same file, right before this one. Null if none is known.';

CREATE TABLE "actors" (
  "actor_id" VARCHAR NOT NULL,
  "name" VARCHAR NOT NULL,
  "type" VARCHAR NOT NULL CHECK ("type" IN ('person', 'state', 'organization', 'group')),
  "country" VARCHAR,
  "sector" VARCHAR,
  "is_named" BOOLEAN NOT NULL,
  "is_government" BOOLEAN NOT NULL,
  "gender" VARCHAR CHECK ("gender" IN ('female', 'male')),
  "party" VARCHAR,
  "wikidata_id" VARCHAR,
  "parent_actor_id" VARCHAR,
  "organization_actor_id" VARCHAR,
  "roles" VARCHAR[] NOT NULL,
  "aliases" VARCHAR[] NOT NULL,
  "article_count" BIGINT NOT NULL CHECK ("article_count" >= 0),
  "mention_count" BIGINT NOT NULL CHECK ("mention_count" >= 0),
  "first_seen" DATE,
  "last_seen" DATE,
  "link_method" VARCHAR NOT NULL CHECK ("link_method" IN ('kb', 'name', 'merged_country', 'merged_spelling', 'unnamed', 'corrected')),
  PRIMARY KEY ("actor_id")
);
COMMENT ON TABLE "actors" IS 'One row per person, state, organization or group that an article mentions, the same row in every article.';
COMMENT ON COLUMN "actors"."actor_id" IS 'wd: and a Wikidata id if linked; else state: and an ISO code, org: and a name; else x: and a hash of type, name and country, and of the article if it describes the actor or gives no first name, so that strangers are not merged.';
COMMENT ON COLUMN "actors"."name" IS 'Canonical name. Of somebody whom no article names the description, with what tells who it is: people familiar with the matter.';
COMMENT ON COLUMN "actors"."type" IS 'person (also an unnamed one, such as a senior official), state, organization, or group (people described by what they share).';
COMMENT ON COLUMN "actors"."country" IS 'Country the actor belongs to or is. ISO 3166-1 alpha-3. Null if unknown or none.';
COMMENT ON COLUMN "actors"."sector" IS 'What the actor is in public life, such as government, military, media, igo, academia. Null both for who has none of these and for who was not placed, so take is_government for shares of government.';
COMMENT ON COLUMN "actors"."is_named" IS 'Whether articles name the actor; false for one that they only describe, such as a senior official.';
COMMENT ON COLUMN "actors"."is_government" IS 'Whether the actor is a state, or acts for one by its government, military or intelligence (sector). False for all others, those of unknown sector among them.';
COMMENT ON COLUMN "actors"."gender" IS 'Gender of a person as the words of the articles tell it: he or she, Mr or Ms, spokeswoman; where they tell both, the one that three in four articles tell. A file of office-holders (--kb) goes before them. Null if nothing tells; never guessed from a given name.';
COMMENT ON COLUMN "actors"."party" IS 'Political party, as a file of office-holders (--kb) states it. Null otherwise; articles are not read for it.';
COMMENT ON COLUMN "actors"."wikidata_id" IS 'Wikidata item. Null if not linked.';
COMMENT ON COLUMN "actors"."parent_actor_id" IS 'The body this actor is a part of, such as the United Nations for its Security Council. Null if none or unknown.';
COMMENT ON COLUMN "actors"."organization_actor_id" IS 'The body that a person works for or leads, where articles print it with the name: the commission of its spokeswoman. Of several the one that most articles print. Null if none does, or if only a past office is told.';
COMMENT ON COLUMN "actors"."roles" IS 'Roles printed with the name, sorted.';
COMMENT ON COLUMN "actors"."aliases" IS 'Distinct forms by which the articles name the actor, pronouns excluded, sorted.';
COMMENT ON COLUMN "actors"."article_count" IS 'Number of articles that mention the actor.';
COMMENT ON COLUMN "actors"."mention_count" IS 'Number of rows in mentions.';
COMMENT ON COLUMN "actors"."first_seen" IS 'Earliest known publication day among the articles that mention the actor. Null if none is dated.';
COMMENT ON COLUMN "actors"."last_seen" IS 'Latest known publication day among the articles that mention the actor. Null if none is dated.';
COMMENT ON COLUMN "actors"."link_method" IS 'How the identity was decided. kb: the knowledge base names it; name: by name and role; merged_country: by name, though some articles do not tell the country, or tell another; merged_spelling: by spellings of a name that the corpus shows to be one (actor_redirects lists what was joined); corrected: by a person who told it from others, or joined it; unnamed: a source described but not named, never merged across articles.';

CREATE TABLE "actor_redirects" (
  "old_id" VARCHAR NOT NULL,
  "actor_id" VARCHAR,
  "reason" VARCHAR NOT NULL CHECK ("reason" IN ('merged_country', 'merged_spelling', 'corrected', 'renamed', 'gone')),
  PRIMARY KEY ("old_id"),
  FOREIGN KEY ("actor_id") REFERENCES "actors" ("actor_id")
);
COMMENT ON TABLE "actor_redirects" IS 'One row per actor id that stands in no other table any more, or never did, with the id that took its place. Join it to data that was made with an earlier release.';
COMMENT ON COLUMN "actor_redirects"."old_id" IS 'The id that is not used any more.';
COMMENT ON COLUMN "actor_redirects"."actor_id" IS 'The actor that it stands for now. Null if no article mentions it any more.';
COMMENT ON COLUMN "actor_redirects"."reason" IS 'Why. merged_country, merged_spelling: as in actors.link_method; corrected: a person said that the two are one; renamed: what the last release called by the old id has another id now; gone: no article mentions it.';

CREATE TABLE "mentions" (
  "mention_id" VARCHAR NOT NULL,
  "article_id" VARCHAR NOT NULL,
  "actor_id" VARCHAR NOT NULL,
  "start" BIGINT NOT NULL CHECK ("start" >= 0),
  "end" BIGINT NOT NULL CHECK ("end" >= 1),
  "text" VARCHAR NOT NULL,
  "form" VARCHAR NOT NULL CHECK ("form" IN ('name', 'surname', 'acronym', 'demonym', 'metonym', 'role', 'pronoun')),
  "role" VARCHAR,
  "link_confidence" DOUBLE NOT NULL CHECK ("link_confidence" >= 0) CHECK ("link_confidence" <= 1),
  "corrected_by" VARCHAR[],
  PRIMARY KEY ("mention_id"),
  FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id"),
  FOREIGN KEY ("actor_id") REFERENCES "actors" ("actor_id")
);
COMMENT ON TABLE "mentions" IS 'One row per stretch of text that refers to an actor.';
COMMENT ON COLUMN "mentions"."mention_id" IS 'Article, kind of row and offsets, the same in every build.';
COMMENT ON COLUMN "mentions"."article_id" IS 'Identifies the article. First 16 hex digits of the SHA-256 of its raw text, so the same text has the same id everywhere.';
COMMENT ON COLUMN "mentions"."actor_id" IS 'The actor that is referred to.';
COMMENT ON COLUMN "mentions"."start" IS 'Offset of the first character in articles.text. Unicode code points, counted from 0.';
COMMENT ON COLUMN "mentions"."end" IS 'Offset after the last character in articles.text. Unicode code points, so text = articles.text[start:end].';
COMMENT ON COLUMN "mentions"."text" IS 'The mention as printed, articles.text[start:end].';
COMMENT ON COLUMN "mentions"."form" IS 'How the actor is referred to. metonym: a capital or seat for a state; demonym: an adjective or people for a state; role: an office or a description, also one that is printed beside the name.';
COMMENT ON COLUMN "mentions"."role" IS 'Role printed with this mention, such as Foreign Minister. Null if there is none.';
COMMENT ON COLUMN "mentions"."link_confidence" IS 'How sure it is that the actor is the right one, from 0 to 1, given that the words mean somebody: how often that was so of mentions of the same form of actors known in the same way (the release''s README lists them), in articles whose sources, proposers and targets readers named. 1 where a person corrected it.';
COMMENT ON COLUMN "mentions"."corrected_by" IS 'Corrections that people made of this row, or by which it was added, as correction_id of corrections, sorted; its confidence is 1 then. Null if nobody corrected it.';

CREATE TABLE "dates" (
  "date_id" VARCHAR NOT NULL,
  "article_id" VARCHAR NOT NULL,
  "start" BIGINT NOT NULL CHECK ("start" >= 0),
  "end" BIGINT NOT NULL CHECK ("end" >= 1),
  "text" VARCHAR NOT NULL,
  "type" VARCHAR NOT NULL CHECK ("type" IN ('DATE', 'TIME', 'DURATION', 'SET')),
  "value" VARCHAR NOT NULL,
  "mod" VARCHAR CHECK ("mod" IN ('BEFORE', 'AFTER', 'ON_OR_BEFORE', 'ON_OR_AFTER', 'LESS_THAN', 'MORE_THAN', 'EQUAL_OR_LESS', 'EQUAL_OR_MORE', 'START', 'MID', 'END', 'APPROX')),
  "edtf" VARCHAR,
  "earliest" DATE,
  "latest" DATE,
  "granularity" VARCHAR CHECK ("granularity" IN ('time', 'day', 'week', 'weekend', 'month', 'quarter', 'season', 'half', 'year', 'decade', 'century', 'ref')),
  "anchor" VARCHAR NOT NULL CHECK ("anchor" IN ('publication', 'text', 'none')),
  "rule" VARCHAR NOT NULL,
  "confidence" DOUBLE NOT NULL CHECK ("confidence" >= 0) CHECK ("confidence" <= 1),
  "corrected_by" VARCHAR[],
  PRIMARY KEY ("date_id"),
  FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")
);
COMMENT ON TABLE "dates" IS 'One row per temporal expression, normalized as TIMEX3 and EDTF, never more precise than the text.';
COMMENT ON COLUMN "dates"."date_id" IS 'Article, kind of row and offsets, the same in every build.';
COMMENT ON COLUMN "dates"."article_id" IS 'Identifies the article. First 16 hex digits of the SHA-256 of its raw text, so the same text has the same id everywhere.';
COMMENT ON COLUMN "dates"."start" IS 'Offset of the first character in articles.text. Unicode code points, counted from 0.';
COMMENT ON COLUMN "dates"."end" IS 'Offset after the last character in articles.text. Unicode code points, so text = articles.text[start:end].';
COMMENT ON COLUMN "dates"."text" IS 'The expression as printed, articles.text[start:end].';
COMMENT ON COLUMN "dates"."type" IS 'TIMEX3 type.';
COMMENT ON COLUMN "dates"."value" IS 'TIMEX3 value, such as 2018-09-27, 2018-W39, P3D. X stands for what the text does not fix: XXXX-WXX-2 is some Tuesday.';
COMMENT ON COLUMN "dates"."mod" IS 'TIMEX3 modifier, such as START for early 2018. Null if there is none.';
COMMENT ON COLUMN "dates"."edtf" IS 'The same in EDTF (ISO 8601-2). Null for durations, sets and what has no calendar value.';
COMMENT ON COLUMN "dates"."earliest" IS 'First day that the expression can mean. Null if the text does not fix it.';
COMMENT ON COLUMN "dates"."latest" IS 'Last day that the expression can mean. Null if the text does not fix it.';
COMMENT ON COLUMN "dates"."granularity" IS 'Unit of the expression; ref for now, recently, the future and the like (PRESENT_REF, PAST_REF, FUTURE_REF), which no day bounds. Null if it has none.';
COMMENT ON COLUMN "dates"."anchor" IS 'What a relative expression was resolved against. publication: the article date; text: another date in the text; none: nothing was needed or known.';
COMMENT ON COLUMN "dates"."rule" IS 'Name of the grammar rule that read the expression.';
COMMENT ON COLUMN "dates"."confidence" IS 'How sure the extractor is that the row is right, from 0 to 1. Of quotes and dates it is calibrated: of rows with 0.8, about eight in ten had the right words and speaker, or the right value, in articles not fitted on. Elsewhere not yet; compare rows of one table only.';
COMMENT ON COLUMN "dates"."corrected_by" IS 'Corrections that people made of this row, or by which it was added, as correction_id of corrections, sorted; its confidence is 1 then. Null if nobody corrected it.';

CREATE TABLE "issues" (
  "issue_id" VARCHAR NOT NULL,
  "label" VARCHAR NOT NULL,
  "opposite_of" VARCHAR,
  "definition" VARCHAR NOT NULL,
  "origin" VARCHAR NOT NULL CHECK ("origin" IN ('codebook', 'discovered')),
  "examples" BIGINT NOT NULL CHECK ("examples" >= 0),
  PRIMARY KEY ("issue_id")
);
COMMENT ON TABLE "issues" IS 'What proposals are about. One row per policy on which a stance can be taken, of the codebook or discovered in the articles.';
COMMENT ON COLUMN "issues"."issue_id" IS 'Short name of the issue. Of a discovered one made from its label alone, so the same in every release.';
COMMENT ON COLUMN "issues"."label" IS 'The policy, worded so that one can support or oppose it.';
COMMENT ON COLUMN "issues"."opposite_of" IS 'The issue whose contrary this one is: to support the one is to oppose the other, so stances on both can be compared once those on one are turned. Null for most.';
COMMENT ON COLUMN "issues"."definition" IS 'What falls under the issue and what does not.';
COMMENT ON COLUMN "issues"."origin" IS 'codebook: an entry of the codebook that proposals are coded with. discovered: a predicate and its object that proposals of two articles or more are about and that no entry fits; grouped by wording, unread by anybody.';
COMMENT ON COLUMN "issues"."examples" IS 'How many examples of its wording content was compared with, where no pattern of any issue matched. 0 for discovered issues, and for every issue of a release that was built without --embeddings.';

CREATE TABLE "utterances" (
  "utterance_id" VARCHAR NOT NULL,
  "text" VARCHAR NOT NULL,
  "quote_id" VARCHAR NOT NULL,
  "speaker_actor_id" VARCHAR,
  "first_article_id" VARCHAR NOT NULL,
  "last_article_id" VARCHAR NOT NULL,
  "said_earliest" DATE,
  "said_latest" DATE,
  "quote_count" BIGINT NOT NULL CHECK ("quote_count" >= 1),
  "article_count" BIGINT NOT NULL CHECK ("article_count" >= 1),
  "outlet_count" BIGINT NOT NULL CHECK ("outlet_count" >= 1),
  PRIMARY KEY ("utterance_id"),
  FOREIGN KEY ("first_article_id") REFERENCES "articles" ("article_id"),
  FOREIGN KEY ("last_article_id") REFERENCES "articles" ("article_id"),
  FOREIGN KEY ("speaker_actor_id") REFERENCES "actors" ("actor_id")
);
COMMENT ON TABLE "utterances" IS 'One row per utterance, whichever articles report it, quoted whole, cut, reworded or retold. The quotes that report it have its id. Most are reported once.';
COMMENT ON COLUMN "utterances"."utterance_id" IS 'The group_id of the quote in the article that told it first, so the same while only later articles come; ids of former releases are in redirects.';
COMMENT ON COLUMN "utterances"."text" IS 'The fullest wording that an article gives: the words of the quotes of one group, joined by " […] ".';
COMMENT ON COLUMN "utterances"."quote_id" IS 'The first quote of that wording.';
COMMENT ON COLUMN "utterances"."speaker_actor_id" IS 'Who said it, as that quote has it. Null if no speaker could be resolved; such quotes are joined to none.';
COMMENT ON COLUMN "utterances"."first_article_id" IS 'The article that told it first, by the day of publication; of those with one day, and of undated ones, which come last, the first by its id.';
COMMENT ON COLUMN "utterances"."last_article_id" IS 'The article that told it last.';
COMMENT ON COLUMN "utterances"."said_earliest" IS 'First day on which it can have been said, by all reports together. Null if nothing tells.';
COMMENT ON COLUMN "utterances"."said_latest" IS 'Last day on which it can have been said: no later than the first report. Null if nothing tells.';
COMMENT ON COLUMN "utterances"."quote_count" IS 'Groups of quotes that report it, those in copies and superseded versions among them.';
COMMENT ON COLUMN "utterances"."article_count" IS 'Articles that report it. Copies and superseded versions do not count, unless there are no others.';
COMMENT ON COLUMN "utterances"."outlet_count" IS 'Outlets of these articles, by name, else by the host of the address; an article of which neither is known counts as an outlet of its own.';

CREATE TABLE "quotes" (
  "quote_id" VARCHAR NOT NULL,
  "article_id" VARCHAR NOT NULL,
  "start" BIGINT NOT NULL CHECK ("start" >= 0),
  "end" BIGINT NOT NULL CHECK ("end" >= 1),
  "text" VARCHAR NOT NULL,
  "kind" VARCHAR NOT NULL CHECK ("kind" IN ('direct', 'mixed', 'indirect')),
  "speaker_actor_id" VARCHAR,
  "speaker_text" VARCHAR,
  "speaker_start" BIGINT CHECK ("speaker_start" >= 0),
  "speaker_end" BIGINT CHECK ("speaker_end" >= 1),
  "cue" VARCHAR,
  "cue_start" BIGINT CHECK ("cue_start" >= 0),
  "cue_end" BIGINT CHECK ("cue_end" >= 1),
  "addressee_actor_id" VARCHAR,
  "group_id" VARCHAR NOT NULL,
  "said_earliest" DATE,
  "said_latest" DATE,
  "attribution" VARCHAR NOT NULL CHECK ("attribution" IN ('cue', 'according_to', 'colon', 'continuation', 'none', 'corrected')),
  "attitude" VARCHAR NOT NULL CHECK ("attitude" IN ('assertion', 'belief', 'knowledge', 'eventuality')),
  "polarity" VARCHAR NOT NULL CHECK ("polarity" IN ('said', 'denied', 'asked', 'hypothetical')),
  "within_quote_id" VARCHAR,
  "utterance_id" VARCHAR NOT NULL,
  "utterance_method" VARCHAR NOT NULL CHECK ("utterance_method" IN ('fullest', 'exact', 'cut', 'changed', 'indirect')),
  "utterance_similarity" DOUBLE,
  "confidence" DOUBLE NOT NULL CHECK ("confidence" >= 0) CHECK ("confidence" <= 1),
  "corrected_by" VARCHAR[],
  PRIMARY KEY ("quote_id"),
  FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id"),
  FOREIGN KEY ("speaker_actor_id") REFERENCES "actors" ("actor_id"),
  FOREIGN KEY ("addressee_actor_id") REFERENCES "actors" ("actor_id"),
  FOREIGN KEY ("utterance_id") REFERENCES "utterances" ("utterance_id")
);
COMMENT ON TABLE "quotes" IS 'One row per attributed stretch of speech, quoted or reported. Pieces of one utterance share group_id.';
COMMENT ON COLUMN "quotes"."quote_id" IS 'Article, kind of row and offsets, the same in every build.';
COMMENT ON COLUMN "quotes"."article_id" IS 'Identifies the article. First 16 hex digits of the SHA-256 of its raw text, so the same text has the same id everywhere.';
COMMENT ON COLUMN "quotes"."start" IS 'Offset of the first character in articles.text. Unicode code points, counted from 0.';
COMMENT ON COLUMN "quotes"."end" IS 'Offset after the last character in articles.text. Unicode code points, so text = articles.text[start:end].';
COMMENT ON COLUMN "quotes"."text" IS 'What was said, articles.text[start:end], without the quotation marks around it.';
COMMENT ON COLUMN "quotes"."kind" IS 'direct: quoted words that stand alone; mixed: a reported clause of which some words are quoted, or quoted words built into a sentence; indirect: reported without quotation marks.';
COMMENT ON COLUMN "quotes"."speaker_actor_id" IS 'Who said it, the first of joint speakers; all of them are in quote_speakers. Null if the article does not say or the speaker could not be resolved.';
COMMENT ON COLUMN "quotes"."speaker_text" IS 'The local mention of the speaker as printed; may be a pronoun. Null if there is none.';
COMMENT ON COLUMN "quotes"."speaker_start" IS 'Offset of the first character of speaker_text in articles.text. Unicode code points.';
COMMENT ON COLUMN "quotes"."speaker_end" IS 'Offset after the last character of speaker_text in articles.text. Unicode code points.';
COMMENT ON COLUMN "quotes"."cue" IS 'The words that report the speech, such as said or according to. Null if there are none.';
COMMENT ON COLUMN "quotes"."cue_start" IS 'Offset of the first character of cue in articles.text. Unicode code points.';
COMMENT ON COLUMN "quotes"."cue_end" IS 'Offset after the last character of cue in articles.text. Unicode code points.';
COMMENT ON COLUMN "quotes"."addressee_actor_id" IS 'Who is addressed. Null if the article does not say.';
COMMENT ON COLUMN "quotes"."group_id" IS 'Pieces of one utterance share it. The quote_id of the first piece.';
COMMENT ON COLUMN "quotes"."said_earliest" IS 'First day on which it can have been said. Null if the text does not fix it.';
COMMENT ON COLUMN "quotes"."said_latest" IS 'Last day on which it can have been said. Null if the text does not fix it.';
COMMENT ON COLUMN "quotes"."attribution" IS 'How the speaker was found. cue: subject of a reporting verb; according_to: a source phrase; colon: a name and a colon; continuation: carried on from a neighbouring quotation or paragraph; corrected: a person said so; none: not found.';
COMMENT ON COLUMN "quotes"."attitude" IS 'How the source stands to what is reported. assertion: said or written, calls, demands, offers and promises among it; belief: thought, felt, expected or feared; knowledge: known, learned, found or shown; eventuality: wanted, decided, supported, opposed or done. Words in quotation marks are assertions. Read off the cue; for speech alone take assertion.';
COMMENT ON COLUMN "quotes"."polarity" IS 'Whether the source stands by the words. said: told as such; denied: denied, rejected, or told not to be said; asked: a question; hypothetical: might be said, would have been, or is imagined. Only said tells what somebody claims or wants.';
COMMENT ON COLUMN "quotes"."within_quote_id" IS 'The quote whose words these are a part of: what somebody is told to have said within what another said. Null if they stand in no other. Count rows where it is null, or words count twice.';
COMMENT ON COLUMN "quotes"."utterance_id" IS 'The utterance that it reports, with other articles or alone. All pieces of a group have one.';
COMMENT ON COLUMN "quotes"."utterance_method" IS 'How its group reports the utterance. fullest: in the wording that the others are compared with, or alone; exact: in the same words, as endings and words of grammar do not count; cut: all its words are in the fullest wording; changed: some are others, as of another translation; indirect: one of the two is told without quotation marks, which is the least sure.';
COMMENT ON COLUMN "quotes"."utterance_similarity" IS 'What share of the content words of the shorter of the two wordings stands in the longer, in the same order, from 0 to 1. Null for the fullest.';
COMMENT ON COLUMN "quotes"."confidence" IS 'How sure the extractor is that the row is right, from 0 to 1. Of quotes and dates it is calibrated: of rows with 0.8, about eight in ten had the right words and speaker, or the right value, in articles not fitted on. Elsewhere not yet; compare rows of one table only.';
COMMENT ON COLUMN "quotes"."corrected_by" IS 'Corrections that people made of this row, or by which it was added, as correction_id of corrections, sorted; its confidence is 1 then. Null if nobody corrected it.';

CREATE TABLE "quote_speakers" (
  "quote_id" VARCHAR NOT NULL,
  "actor_id" VARCHAR NOT NULL,
  "place" BIGINT NOT NULL CHECK ("place" >= 1),
  PRIMARY KEY ("quote_id", "actor_id"),
  FOREIGN KEY ("quote_id") REFERENCES "quotes" ("quote_id"),
  FOREIGN KEY ("actor_id") REFERENCES "actors" ("actor_id")
);
COMMENT ON TABLE "quote_speakers" IS 'One row per actor that says a quote. Most quotes have one speaker, joint ones ("Russia and China argued") several.';
COMMENT ON COLUMN "quote_speakers"."quote_id" IS 'The quote.';
COMMENT ON COLUMN "quote_speakers"."actor_id" IS 'Who says it.';
COMMENT ON COLUMN "quote_speakers"."place" IS 'Place among the speakers in the order of the text, from 1. The first is quotes.speaker_actor_id.';

CREATE TABLE "initiatives" (
  "initiative_id" VARCHAR NOT NULL,
  "text" VARCHAR NOT NULL,
  "proposal_id" VARCHAR NOT NULL,
  "type" VARCHAR NOT NULL CHECK ("type" IN ('propose', 'demand', 'call_for', 'urge', 'offer', 'request', 'reject', 'support', 'oppose', 'commit', 'threaten', 'plan')),
  "issue_id" VARCHAR,
  "stance" VARCHAR CHECK ("stance" IN ('support', 'oppose', 'conditional')),
  "proposers" VARCHAR[] NOT NULL,
  "targets" VARCHAR[] NOT NULL,
  "first_article_id" VARCHAR NOT NULL,
  "last_article_id" VARCHAR NOT NULL,
  "first_seen" DATE,
  "last_seen" DATE,
  "proposal_count" BIGINT NOT NULL CHECK ("proposal_count" >= 1),
  "article_count" BIGINT NOT NULL CHECK ("article_count" >= 1),
  "outlet_count" BIGINT NOT NULL CHECK ("outlet_count" >= 1),
  PRIMARY KEY ("initiative_id"),
  FOREIGN KEY ("first_article_id") REFERENCES "articles" ("article_id"),
  FOREIGN KEY ("last_article_id") REFERENCES "articles" ("article_id"),
  FOREIGN KEY ("issue_id") REFERENCES "issues" ("issue_id")
);
COMMENT ON TABLE "initiatives" IS 'One row per act by which a party wants, offers, refuses, promises, threatens or plans something, however often it is reported. The proposals that report it have its id; who answered it is in initiative_links.';
COMMENT ON COLUMN "initiatives"."initiative_id" IS 'The proposal_id of the report in the article that told it first, so the same while only later articles come; ids of former releases are in redirects.';
COMMENT ON COLUMN "initiatives"."text" IS 'The content in its fullest wording.';
COMMENT ON COLUMN "initiatives"."proposal_id" IS 'The proposal that has this wording.';
COMMENT ON COLUMN "initiatives"."type" IS 'What is done with the content, as that proposal has it: proposals.type.';
COMMENT ON COLUMN "initiatives"."issue_id" IS 'The issue that most of its proposals have. Null if none has one.';
COMMENT ON COLUMN "initiatives"."stance" IS 'Position on that issue, as most of its proposals on it have. Null without an issue.';
COMMENT ON COLUMN "initiatives"."proposers" IS 'Who wants it, as actor_id: the proposers of all reports, sorted. Empty if none could be resolved.';
COMMENT ON COLUMN "initiatives"."targets" IS 'Who should act or receives it, as actor_id: the targets of all reports, sorted.';
COMMENT ON COLUMN "initiatives"."first_article_id" IS 'The article that told it first, by the day of publication; of those with one day, and of undated ones, which come last, the first by its id.';
COMMENT ON COLUMN "initiatives"."last_article_id" IS 'The article that told it last.';
COMMENT ON COLUMN "initiatives"."first_seen" IS 'Day of publication of the first report, the last possible one. Null if no report has one.';
COMMENT ON COLUMN "initiatives"."last_seen" IS 'Day of publication of the last report, the last possible one. Null if no report has one.';
COMMENT ON COLUMN "initiatives"."proposal_count" IS 'Proposals that report it, those in copies and superseded versions among them.';
COMMENT ON COLUMN "initiatives"."article_count" IS 'Articles that report it. Copies and superseded versions do not count, unless there are no others.';
COMMENT ON COLUMN "initiatives"."outlet_count" IS 'Outlets of these articles, by name, else by the host of the address; an article of which neither is known counts as an outlet of its own.';

CREATE TABLE "initiative_links" (
  "initiative_id" VARCHAR NOT NULL,
  "responds_to" VARCHAR NOT NULL,
  "relation" VARCHAR NOT NULL CHECK ("relation" IN ('rejects', 'opposes', 'supports', 'accepts')),
  "link_method" VARCHAR NOT NULL CHECK ("link_method" IN ('words', 'issue')),
  "similarity" DOUBLE NOT NULL CHECK ("similarity" >= 0) CHECK ("similarity" <= 1),
  "within_article" BOOLEAN NOT NULL,
  PRIMARY KEY ("initiative_id", "responds_to"),
  FOREIGN KEY ("initiative_id") REFERENCES "initiatives" ("initiative_id"),
  FOREIGN KEY ("responds_to") REFERENCES "initiatives" ("initiative_id")
);
COMMENT ON TABLE "initiative_links" IS 'One row per initiative that answers another one: a rejection, opposition, support, or a promise to do what was asked.';
COMMENT ON COLUMN "initiative_links"."initiative_id" IS 'The initiative that answers.';
COMMENT ON COLUMN "initiative_links"."responds_to" IS 'The initiative that it answers; of another party.';
COMMENT ON COLUMN "initiative_links"."relation" IS 'How it answers. rejects: refuses it; opposes: is against it; supports: is for it; accepts: the party that is asked promises or offers it.';
COMMENT ON COLUMN "initiative_links"."link_method" IS 'Why they belong together. words: the contents are like; issue: both are about one issue, on the sides that fit, in one article, which is less sure (about two in three are right, of those by words five in six).';
COMMENT ON COLUMN "initiative_links"."similarity" IS 'What share of the content words of the shorter content stands in the longer, from 0 to 1.';
COMMENT ON COLUMN "initiative_links"."within_article" IS 'Whether one article reports both.';

CREATE TABLE "proposals" (
  "proposal_id" VARCHAR NOT NULL,
  "article_id" VARCHAR NOT NULL,
  "start" BIGINT NOT NULL CHECK ("start" >= 0),
  "end" BIGINT NOT NULL CHECK ("end" >= 1),
  "text" VARCHAR NOT NULL,
  "type" VARCHAR NOT NULL CHECK ("type" IN ('propose', 'demand', 'call_for', 'urge', 'offer', 'request', 'reject', 'support', 'oppose', 'commit', 'threaten', 'plan')),
  "plover" VARCHAR CHECK ("plover" IN ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')),
  "plover_mode" VARCHAR CHECK ("plover_mode" IN ('disapprove', 'demonstrate', 'riot', 'strike', 'obstruct')),
  "action" VARCHAR,
  "issue_id" VARCHAR,
  "stance" VARCHAR CHECK ("stance" IN ('support', 'oppose', 'conditional')),
  "issue_similarity" DOUBLE,
  "wanted" VARCHAR NOT NULL CHECK ("wanted" IN ('yes', 'no', 'conditional')),
  "modality" VARCHAR NOT NULL CHECK ("modality" IN ('asserted', 'hypothetical', 'conditional', 'withdrawn')),
  "cue" VARCHAR,
  "cue_start" BIGINT CHECK ("cue_start" >= 0),
  "cue_end" BIGINT CHECK ("cue_end" >= 1),
  "instrument" VARCHAR,
  "instrument_ref" VARCHAR,
  "quote_id" VARCHAR,
  "date_id" VARCHAR,
  "initiative_id" VARCHAR NOT NULL,
  "initiative_method" VARCHAR NOT NULL CHECK ("initiative_method" IN ('fullest', 'utterance', 'words', 'issue')),
  "initiative_similarity" DOUBLE,
  "rule" VARCHAR NOT NULL CHECK ("rule" IN ('heads', 'corrected')),
  "confidence" DOUBLE NOT NULL CHECK ("confidence" >= 0) CHECK ("confidence" <= 1),
  "corrected_by" VARCHAR[],
  PRIMARY KEY ("proposal_id"),
  FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id"),
  FOREIGN KEY ("issue_id") REFERENCES "issues" ("issue_id"),
  FOREIGN KEY ("quote_id") REFERENCES "quotes" ("quote_id"),
  FOREIGN KEY ("date_id") REFERENCES "dates" ("date_id"),
  FOREIGN KEY ("initiative_id") REFERENCES "initiatives" ("initiative_id")
);
COMMENT ON TABLE "proposals" IS 'One row per act by which an actor wants, offers, refuses, promises, threatens or plans something. Who and to whom is in proposal_actors.';
COMMENT ON COLUMN "proposals"."proposal_id" IS 'Article, kind of row, offsets and type, the same in every build.';
COMMENT ON COLUMN "proposals"."article_id" IS 'Identifies the article. First 16 hex digits of the SHA-256 of its raw text, so the same text has the same id everywhere.';
COMMENT ON COLUMN "proposals"."start" IS 'Offset of the first character in articles.text. Unicode code points, counted from 0.';
COMMENT ON COLUMN "proposals"."end" IS 'Offset after the last character in articles.text. Unicode code points, so text = articles.text[start:end].';
COMMENT ON COLUMN "proposals"."text" IS 'The content clause, articles.text[start:end].';
COMMENT ON COLUMN "proposals"."type" IS 'What is done with the content, by whoever proposes.';
COMMENT ON COLUMN "proposals"."plover" IS 'PLOVER 2021 event category of the act, by a head of the encoder. CONCEDE holds RETREAT, which no row has any more. Null where none is probable.';
COMMENT ON COLUMN "proposals"."plover_mode" IS 'PLOVER''s mode of the category, where the words tell it. Of what proposals can be only ACCUSE and PROTEST have modes.';
COMMENT ON COLUMN "proposals"."action" IS 'What it is about in base forms and lower case: predicate and object, such as ease sanction on north korea. Groups proposals that no issue fits. Null if the content is a bare pronoun.';
COMMENT ON COLUMN "proposals"."issue_id" IS 'The policy that the content is about: an issue of the codebook if one matches, else a discovered one (issues.origin) if the proposals of another article are about the same. Null if neither; never forced.';
COMMENT ON COLUMN "proposals"."stance" IS 'Position of the proposer on the label of the issue. conditional: support hinges on another party. Null without an issue.';
COMMENT ON COLUMN "proposals"."issue_similarity" IS 'Cosine between the content and the example of the codebook that told the issue and the stance. Null where a pattern told them, which goes first, and where there is no issue; null in every row of a release that was built without --embeddings (issues.examples).';
COMMENT ON COLUMN "proposals"."wanted" IS 'Whether the proposer wants what the content literally says: rejecting a plan does not want it, warning not to test wants just that. conditional: only on terms. stance is the position on the issue.';
COMMENT ON COLUMN "proposals"."modality" IS 'asserted: the act is done; hypothetical: it may be done; conditional: it depends on something; withdrawn: it was given up, such as a plan that was dropped.';
COMMENT ON COLUMN "proposals"."cue" IS 'The words that make it a proposal, such as called for. Null if there are none.';
COMMENT ON COLUMN "proposals"."cue_start" IS 'Offset of the first character of cue in articles.text. Unicode code points.';
COMMENT ON COLUMN "proposals"."cue_end" IS 'Offset after the last character of cue in articles.text. Unicode code points.';
COMMENT ON COLUMN "proposals"."instrument" IS 'The form the proposal takes, such as draft resolution. Null if none is named.';
COMMENT ON COLUMN "proposals"."instrument_ref" IS 'Its reference, such as resolution 2397. Null if none is named.';
COMMENT ON COLUMN "proposals"."quote_id" IS 'The quote that the content lies in or is. Null if it is in the reporter''s words.';
COMMENT ON COLUMN "proposals"."date_id" IS 'The expression that dates the act. Null if the text gives none.';
COMMENT ON COLUMN "proposals"."initiative_id" IS 'The act that it reports, with other proposals or alone.';
COMMENT ON COLUMN "proposals"."initiative_method" IS 'How it was found to report that act. fullest: in the wording that the others are compared with, or alone; utterance: it lies in a quote of the same utterance, and much of the content is the same; words: the contents are like; issue: in part, on the same side of the same issue.';
COMMENT ON COLUMN "proposals"."initiative_similarity" IS 'What share of the content words of the shorter of the two contents stands in the longer, in the same order, from 0 to 1. Null for the fullest.';
COMMENT ON COLUMN "proposals"."rule" IS 'What found it: heads, those of the learned encoder (pipelines/onrecord/data/encoder/MODEL.md); corrected: a person, where it was missed.';
COMMENT ON COLUMN "proposals"."confidence" IS 'How sure the extractor is that the row is right, from 0 to 1. Of quotes and dates it is calibrated: of rows with 0.8, about eight in ten had the right words and speaker, or the right value, in articles not fitted on. Elsewhere not yet; compare rows of one table only.';
COMMENT ON COLUMN "proposals"."corrected_by" IS 'Corrections that people made of this row, or by which it was added, as correction_id of corrections, sorted; its confidence is 1 then. Null if nobody corrected it.';

CREATE TABLE "proposal_actors" (
  "proposal_id" VARCHAR NOT NULL,
  "actor_id" VARCHAR NOT NULL,
  "role" VARCHAR NOT NULL CHECK ("role" IN ('proposer', 'target', 'affected')),
  "text" VARCHAR,
  PRIMARY KEY ("proposal_id", "actor_id", "role"),
  FOREIGN KEY ("proposal_id") REFERENCES "proposals" ("proposal_id"),
  FOREIGN KEY ("actor_id") REFERENCES "actors" ("actor_id")
);
COMMENT ON TABLE "proposal_actors" IS 'One row per actor that takes part in a proposal, in one role.';
COMMENT ON COLUMN "proposal_actors"."proposal_id" IS 'The proposal taken part in.';
COMMENT ON COLUMN "proposal_actors"."actor_id" IS 'Who takes part in it.';
COMMENT ON COLUMN "proposal_actors"."role" IS 'proposer: wants it; target: should act, or receives what is offered, promised or threatened, or made what is answered; affected: on whom it falls.';
COMMENT ON COLUMN "proposal_actors"."text" IS 'The words that name the actor here. Null if the actor is carried over from elsewhere.';

CREATE TABLE "redirects" (
  "old_id" VARCHAR NOT NULL,
  "kind" VARCHAR NOT NULL CHECK ("kind" IN ('utterance', 'initiative')),
  "new_id" VARCHAR,
  "reason" VARCHAR NOT NULL CHECK ("reason" IN ('joined', 'renamed', 'gone')),
  PRIMARY KEY ("old_id")
);
COMMENT ON TABLE "redirects" IS 'One row per utterance_id or initiative_id of an earlier release that stands in no table any more, with the id that took its place. Join it to data that was made with an earlier release.';
COMMENT ON COLUMN "redirects"."old_id" IS 'The id that is not used any more.';
COMMENT ON COLUMN "redirects"."kind" IS 'What it was the id of.';
COMMENT ON COLUMN "redirects"."new_id" IS 'The id that most of what bore the old one has now. Null if nothing of it is left.';
COMMENT ON COLUMN "redirects"."reason" IS 'Why. joined: an article that came in had told it before, or two became one; renamed: the quotes or proposals that report it have other ids now; gone: none of them is left.';

CREATE TABLE "corrections" (
  "correction_id" VARCHAR NOT NULL,
  "corrected_table" VARCHAR NOT NULL CHECK ("corrected_table" IN ('quotes', 'proposals', 'dates', 'mentions', 'actors')),
  "action" VARCHAR NOT NULL CHECK ("action" IN ('change', 'remove', 'add', 'merge', 'split')),
  "row_id" VARCHAR NOT NULL,
  "row_now" VARCHAR,
  "columns" VARCHAR[] NOT NULL,
  "reason" VARCHAR,
  "corrected_on" DATE,
  "outcome" VARCHAR NOT NULL CHECK ("outcome" IN ('applied', 'moved', 'changed', 'needless', 'outdated')),
  PRIMARY KEY ("correction_id")
);
COMMENT ON TABLE "corrections" IS 'One row per correction that people made and that counts in this release (docs/corrections.md). Rows that it changed name it in corrected_by. What could not be applied is in rejections, by stage correct.';
COMMENT ON COLUMN "corrections"."correction_id" IS 'c: and a hash of what the correction says, the same in every build.';
COMMENT ON COLUMN "corrections"."corrected_table" IS 'Table of the row that is corrected.';
COMMENT ON COLUMN "corrections"."action" IS 'change: columns are set; remove: the row is none; add: a row that was missed; merge: two actors are one; split: in some articles an actor is another one.';
COMMENT ON COLUMN "corrections"."row_id" IS 'The row as the correction names it: its id in the release that was corrected, or the actor_id.';
COMMENT ON COLUMN "corrections"."row_now" IS 'Id of the corrected row in this release; it differs from row_id where the place of the row was corrected, or where the extractor now finds it at another one. Of merged and split actors the actor that it is. Null if the row was removed.';
COMMENT ON COLUMN "corrections"."columns" IS 'Columns that were set, sorted; proposer, target and affected are those of proposal_actors.';
COMMENT ON COLUMN "corrections"."reason" IS 'Why, in the words of whoever corrected it. Null if nobody says.';
COMMENT ON COLUMN "corrections"."corrected_on" IS 'Day on which the correction was made. Null if nobody says.';
COMMENT ON COLUMN "corrections"."outcome" IS 'applied: as it says; moved: to the row that has these words now, at another place; changed: though the row did not say any more what it said when it was corrected; needless: the row says it already; outdated: a newer version of the article is there, which is not corrected.';

CREATE TABLE "rejections" (
  "source_file" VARCHAR NOT NULL,
  "source_sha256" VARCHAR,
  "stage" VARCHAR NOT NULL CHECK ("stage" IN ('read', 'parse', 'annotate', 'assemble', 'correct')),
  "reason" VARCHAR NOT NULL,
  "detail" VARCHAR NOT NULL,
  PRIMARY KEY ("source_file", "stage", "reason", "detail")
);
COMMENT ON TABLE "rejections" IS 'One row per input, or part of one, that was refused, and why. Nothing vanishes silently.';
COMMENT ON COLUMN "rejections"."source_file" IS 'Where the article came from. The seed folder''s name and the path below it, or a URL; a record''s line follows after "#". Of a correction its file and its correction_id.';
COMMENT ON COLUMN "rejections"."source_sha256" IS 'SHA-256 of the file or record as received, 64 hex digits. Null if it could not be read, and of corrections.';
COMMENT ON COLUMN "rejections"."stage" IS 'Step that refused it.';
COMMENT ON COLUMN "rejections"."reason" IS 'A published code; codes are added, never renamed. README of the release lists them.';
COMMENT ON COLUMN "rejections"."detail" IS 'What was found, as found.';
