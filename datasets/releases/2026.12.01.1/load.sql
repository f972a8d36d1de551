-- On Record 2026.12.01.1: views over the Parquet files of this folder, with comments.
-- Run it in DuckDB inside this folder or in one that holds it: duckdb -init load.sql, or .read load.sql.
-- From anywhere else, first: SET VARIABLE onrecord_dir = '/path/to/this/folder';
SET VARIABLE onrecord_found = regexp_replace(coalesce(
  getvariable('onrecord_dir'),
  (SELECT coalesce(nullif(left(file, -9), ''), '.') FROM (SELECT 0 AS place, file FROM glob('2026.12.01.1/load.sql') UNION ALL SELECT 1 AS place, file FROM glob('load.sql') UNION ALL SELECT 2 AS place, file FROM glob('*/2026.12.01.1/load.sql') UNION ALL SELECT 3 AS place, file FROM glob('*/*/2026.12.01.1/load.sql')) ORDER BY place, file LIMIT 1),
  error('load.sql: no folder 2026.12.01.1 here; first SET VARIABLE onrecord_dir to where it is')
), '([\[*?])', '[\1]', 'g');
CREATE OR REPLACE VIEW "articles" AS FROM read_parquet(getvariable('onrecord_found') || '/articles.parquet');
COMMENT ON VIEW "articles" IS 'One row per distinct article. Its text is what every span of the other tables points into.';
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

CREATE OR REPLACE VIEW "actors" AS FROM read_parquet(getvariable('onrecord_found') || '/actors.parquet');
COMMENT ON VIEW "actors" IS 'One row per person, state, organization or group that an article mentions, the same row in every article.';
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

CREATE OR REPLACE VIEW "actor_redirects" AS FROM read_parquet(getvariable('onrecord_found') || '/actor_redirects.parquet');
COMMENT ON VIEW "actor_redirects" IS 'One row per actor id that stands in no other table any more, or never did, with the id that took its place. Join it to data that was made with an earlier release.';
COMMENT ON COLUMN "actor_redirects"."old_id" IS 'The id that is not used any more.';
COMMENT ON COLUMN "actor_redirects"."actor_id" IS 'The actor that it stands for now. Null if no article mentions it any more.';
COMMENT ON COLUMN "actor_redirects"."reason" IS 'Why. merged_country, merged_spelling: as in actors.link_method; corrected: a person said that the two are one; renamed: what the last release called by the old id has another id now; gone: no article mentions it.';

CREATE OR REPLACE VIEW "mentions" AS FROM read_parquet(getvariable('onrecord_found') || '/mentions.parquet');
COMMENT ON VIEW "mentions" IS 'One row per stretch of text that refers to an actor.';
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

CREATE OR REPLACE VIEW "dates" AS FROM read_parquet(getvariable('onrecord_found') || '/dates.parquet');
COMMENT ON VIEW "dates" IS 'One row per temporal expression, normalized as TIMEX3 and EDTF, never more precise than the text.';
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

CREATE OR REPLACE VIEW "issues" AS FROM read_parquet(getvariable('onrecord_found') || '/issues.parquet');
COMMENT ON VIEW "issues" IS 'What proposals are about. One row per policy on which a stance can be taken, of the codebook or discovered in the articles.';
COMMENT ON COLUMN "issues"."issue_id" IS 'Short name of the issue. Of a discovered one made from its label alone, so the same in every release.';
COMMENT ON COLUMN "issues"."label" IS 'The policy, worded so that one can support or oppose it.';
COMMENT ON COLUMN "issues"."opposite_of" IS 'The issue whose contrary this one is: to support the one is to oppose the other, so stances on both can be compared once those on one are turned. Null for most.';
COMMENT ON COLUMN "issues"."definition" IS 'What falls under the issue and what does not.';
COMMENT ON COLUMN "issues"."origin" IS 'codebook: an entry of the codebook that proposals are coded with. discovered: a predicate and its object that proposals of two articles or more are about and that no entry fits; grouped by wording, unread by anybody.';
COMMENT ON COLUMN "issues"."examples" IS 'How many examples of its wording content was compared with, where no pattern of any issue matched. 0 for discovered issues, and for every issue of a release that was built without --embeddings.';

CREATE OR REPLACE VIEW "utterances" AS FROM read_parquet(getvariable('onrecord_found') || '/utterances.parquet');
COMMENT ON VIEW "utterances" IS 'One row per utterance, whichever articles report it, quoted whole, cut, reworded or retold. The quotes that report it have its id. Most are reported once.';
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

CREATE OR REPLACE VIEW "quotes" AS FROM read_parquet(getvariable('onrecord_found') || '/quotes.parquet');
COMMENT ON VIEW "quotes" IS 'One row per attributed stretch of speech, quoted or reported. Pieces of one utterance share group_id.';
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

CREATE OR REPLACE VIEW "quote_speakers" AS FROM read_parquet(getvariable('onrecord_found') || '/quote_speakers.parquet');
COMMENT ON VIEW "quote_speakers" IS 'One row per actor that says a quote. Most quotes have one speaker, joint ones ("Russia and China argued") several.';
COMMENT ON COLUMN "quote_speakers"."quote_id" IS 'The quote.';
COMMENT ON COLUMN "quote_speakers"."actor_id" IS 'Who says it.';
COMMENT ON COLUMN "quote_speakers"."place" IS 'Place among the speakers in the order of the text, from 1. The first is quotes.speaker_actor_id.';

CREATE OR REPLACE VIEW "initiatives" AS FROM read_parquet(getvariable('onrecord_found') || '/initiatives.parquet');
COMMENT ON VIEW "initiatives" IS 'One row per act by which a party wants, offers, refuses, promises, threatens or plans something, however often it is reported. The proposals that report it have its id; who answered it is in initiative_links.';
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

CREATE OR REPLACE VIEW "initiative_links" AS FROM read_parquet(getvariable('onrecord_found') || '/initiative_links.parquet');
COMMENT ON VIEW "initiative_links" IS 'One row per initiative that answers another one: a rejection, opposition, support, or a promise to do what was asked.';
COMMENT ON COLUMN "initiative_links"."initiative_id" IS 'The initiative that answers.';
COMMENT ON COLUMN "initiative_links"."responds_to" IS 'The initiative that it answers; of another party.';
COMMENT ON COLUMN "initiative_links"."relation" IS 'How it answers. rejects: refuses it; opposes: is against it; supports: is for it; accepts: the party that is asked promises or offers it.';
COMMENT ON COLUMN "initiative_links"."link_method" IS 'Why they belong together. words: the contents are like; issue: both are about one issue, on the sides that fit, in one article, which is less sure (about two in three are right, of those by words five in six).';
COMMENT ON COLUMN "initiative_links"."similarity" IS 'What share of the content words of the shorter content stands in the longer, from 0 to 1.';
COMMENT ON COLUMN "initiative_links"."within_article" IS 'Whether one article reports both.';

CREATE OR REPLACE VIEW "proposals" AS FROM read_parquet(getvariable('onrecord_found') || '/proposals.parquet');
COMMENT ON VIEW "proposals" IS 'One row per act by which an actor wants, offers, refuses, promises, threatens or plans something. Who and to whom is in proposal_actors.';
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

CREATE OR REPLACE VIEW "proposal_actors" AS FROM read_parquet(getvariable('onrecord_found') || '/proposal_actors.parquet');
COMMENT ON VIEW "proposal_actors" IS 'One row per actor that takes part in a proposal, in one role.';
COMMENT ON COLUMN "proposal_actors"."proposal_id" IS 'The proposal taken part in.';
COMMENT ON COLUMN "proposal_actors"."actor_id" IS 'Who takes part in it.';
COMMENT ON COLUMN "proposal_actors"."role" IS 'proposer: wants it; target: should act, or receives what is offered, promised or threatened, or made what is answered; affected: on whom it falls.';
COMMENT ON COLUMN "proposal_actors"."text" IS 'The words that name the actor here. Null if the actor is carried over from elsewhere.';

CREATE OR REPLACE VIEW "redirects" AS FROM read_parquet(getvariable('onrecord_found') || '/redirects.parquet');
COMMENT ON VIEW "redirects" IS 'One row per utterance_id or initiative_id of an earlier release that stands in no table any more, with the id that took its place. Join it to data that was made with an earlier release.';
COMMENT ON COLUMN "redirects"."old_id" IS 'The id that is not used any more.';
COMMENT ON COLUMN "redirects"."kind" IS 'What it was the id of.';
COMMENT ON COLUMN "redirects"."new_id" IS 'The id that most of what bore the old one has now. Null if nothing of it is left.';
COMMENT ON COLUMN "redirects"."reason" IS 'Why. joined: an article that came in had told it before, or two became one; renamed: the quotes or proposals that report it have other ids now; gone: none of them is left.';

CREATE OR REPLACE VIEW "corrections" AS FROM read_parquet(getvariable('onrecord_found') || '/corrections.parquet');
COMMENT ON VIEW "corrections" IS 'One row per correction that people made and that counts in this release (docs/corrections.md). Rows that it changed name it in corrected_by. What could not be applied is in rejections, by stage correct.';
COMMENT ON COLUMN "corrections"."correction_id" IS 'c: and a hash of what the correction says, the same in every build.';
COMMENT ON COLUMN "corrections"."corrected_table" IS 'Table of the row that is corrected.';
COMMENT ON COLUMN "corrections"."action" IS 'change: columns are set; remove: the row is none; add: a row that was missed; merge: two actors are one; split: in some articles an actor is another one.';
COMMENT ON COLUMN "corrections"."row_id" IS 'The row as the correction names it: its id in the release that was corrected, or the actor_id.';
COMMENT ON COLUMN "corrections"."row_now" IS 'Id of the corrected row in this release; it differs from row_id where the place of the row was corrected, or where the extractor now finds it at another one. Of merged and split actors the actor that it is. Null if the row was removed.';
COMMENT ON COLUMN "corrections"."columns" IS 'Columns that were set, sorted; proposer, target and affected are those of proposal_actors.';
COMMENT ON COLUMN "corrections"."reason" IS 'Why, in the words of whoever corrected it. Null if nobody says.';
COMMENT ON COLUMN "corrections"."corrected_on" IS 'Day on which the correction was made. Null if nobody says.';
COMMENT ON COLUMN "corrections"."outcome" IS 'applied: as it says; moved: to the row that has these words now, at another place; changed: though the row did not say any more what it said when it was corrected; needless: the row says it already; outdated: a newer version of the article is there, which is not corrected.';

CREATE OR REPLACE VIEW "rejections" AS FROM read_parquet(getvariable('onrecord_found') || '/rejections.parquet');
COMMENT ON VIEW "rejections" IS 'One row per input, or part of one, that was refused, and why. Nothing vanishes silently.';
COMMENT ON COLUMN "rejections"."source_file" IS 'Where the article came from. The seed folder''s name and the path below it, or a URL; a record''s line follows after "#". Of a correction its file and its correction_id.';
COMMENT ON COLUMN "rejections"."source_sha256" IS 'SHA-256 of the file or record as received, 64 hex digits. Null if it could not be read, and of corrections.';
COMMENT ON COLUMN "rejections"."stage" IS 'Step that refused it.';
COMMENT ON COLUMN "rejections"."reason" IS 'A published code; codes are added, never renamed. README of the release lists them.';
COMMENT ON COLUMN "rejections"."detail" IS 'What was found, as found.';

CREATE OR REPLACE VIEW "current_articles" AS
SELECT * FROM articles a
WHERE duplicate_of IS NULL
  AND NOT EXISTS (SELECT 1 FROM articles newer WHERE newer.supersedes = a.article_id);
COMMENT ON VIEW "current_articles" IS 'Articles that count once: the newest version of each, copies left out. An update (supersedes) takes the place of what it updates; a copy (duplicate_of) stands behind what it repeats. Every article that is left out leads, by these two columns, to one that is here.';
CREATE OR REPLACE MACRO "context"(id, n) AS TABLE
WITH bodies AS (
  SELECT * EXCLUDE text, text AS body FROM articles
), spans AS (
  SELECT quote_id AS row_id, 'quote' AS kind, article_id, start, "end" FROM quotes
  UNION ALL SELECT proposal_id, 'proposal', article_id, start, "end" FROM proposals
  UNION ALL SELECT date_id, 'date', article_id, start, "end" FROM dates
  UNION ALL SELECT mention_id, 'mention', article_id, start, "end" FROM mentions
)
SELECT s.kind,
  regexp_replace(a.body[greatest(s.start - n, 0) + 1 : s.start], CASE WHEN s.start > n THEN '^\S*\s' ELSE '' END, '') AS before,
  a.body[s.start + 1 : s."end"] AS text,
  regexp_replace(a.body[s."end" + 1 : s."end" + n], CASE WHEN s."end" + n < length(a.body) THEN '\s\S*$' ELSE '' END, '') AS after,
  a.outlet, a.published, a.title, a.url, s.article_id, s.row_id
FROM spans s JOIN bodies a USING (article_id)
WHERE s.row_id = id;
COMMENT ON MACRO TABLE "context" IS 'A row with the words around it: context(''an id'', 300) takes the id of a quote, proposal, date or mention and gives its text with n characters of the article before and after, cut at words. Only where the article bodies are at hand, so not in a public release.';
CREATE OR REPLACE VIEW "rejected" AS
SELECT r.reason, r.stage, a.article_id IS NULL AS is_missing, r.detail, r.source_file, a.article_id, a.title
FROM rejections r
LEFT JOIN articles a ON a.source_file = r.source_file
ORDER BY r.reason, r.source_file, r.detail;
COMMENT ON VIEW "rejected" IS 'What was refused, and whether an article of that input is in the release all the same: then only a part of it was refused, such as a date that cannot be read. Count by reason; README lists what each one means.';
CREATE OR REPLACE VIEW "all_statements" AS
SELECT coalesce(s.name, q.speaker_text) AS speaker, q.text, m.role, s.country, a.outlet,
  coalesce(q.said_earliest, a.published_earliest) AS earliest,
  coalesce(q.said_latest, a.published_latest) AS latest,
  q.kind, q.attitude, q.polarity, coalesce(j.speakers, []) AS speakers, t.name AS addressee,
  s.type AS speaker_type, s.sector, s.is_named, s.is_government, s.gender, s.party,
  q.speaker_text, q.confidence, a.published, a.title, a.url, q.article_id, q.start, q."end", q.group_id,
  q.within_quote_id, q.speaker_actor_id, q.quote_id
FROM quotes q SEMI JOIN current_articles c USING (article_id)
JOIN articles a USING (article_id)
LEFT JOIN actors s ON s.actor_id = q.speaker_actor_id
LEFT JOIN actors t ON t.actor_id = q.addressee_actor_id
LEFT JOIN (
  SELECT q.quote_id,
    first(m.role ORDER BY coalesce(m.start < q.speaker_end AND m."end" > q.speaker_start, false) DESC, m.start) AS role
  FROM quotes q JOIN mentions m ON m.article_id = q.article_id AND m.actor_id = q.speaker_actor_id
  WHERE m.role IS NOT NULL
  GROUP BY ALL
) m USING (quote_id)
LEFT JOIN (
  SELECT quote_id, list(name ORDER BY place) AS speakers FROM quote_speakers JOIN actors USING (actor_id) GROUP BY ALL
) j USING (quote_id);
COMMENT ON VIEW "all_statements" IS 'Who said what, when and where: one row per quote of current_articles, with its speaker and its article, whatever its polarity and attitude, quotations within quotations among them; what counts as said is in statements. speaker is the actor''s name, or the words that name the speaker where no actor was found; joint speakers are all in speakers. role is the one printed with the mention that the quote is attributed to, else the first one in the article. earliest and latest bound the day on which it was said, by the quote itself, else by the publication of its article; null where nothing does. speaker_type, country, sector, is_named, is_government, gender and party are the actor''s.';
CREATE OR REPLACE VIEW "current_proposals" AS
SELECT * FROM proposals SEMI JOIN current_articles USING (article_id);
COMMENT ON VIEW "current_proposals" IS 'Proposals of current_articles: count these, or a proposal counts once for every copy and version of its article.';
CREATE OR REPLACE VIEW "current_quotes" AS
SELECT * FROM quotes SEMI JOIN current_articles USING (article_id) WHERE within_quote_id IS NULL;
COMMENT ON VIEW "current_quotes" IS 'Quotes of current_articles that stand in no other quote: count these, or a quote counts once for every copy and version of its article, and its words once more for every quotation within it.';
CREATE OR REPLACE VIEW "statements" AS
FROM all_statements
WHERE polarity IS DISTINCT FROM 'hypothetical' AND attitude IS DISTINCT FROM 'eventuality' AND within_quote_id IS NULL;
COMMENT ON VIEW "statements" IS 'Who said what, when and where: the rows of all_statements that somebody said, denied or asked, each once. Left out are words that were only imagined or might be said (polarity hypothetical), what was wanted, decided or done and not put in words (attitude eventuality), and quotations within quotations. Only where polarity is said does the speaker stand by the text: a denial has the words that are denied, a question is no claim.';
CREATE OR REPLACE MACRO "statements_between"(since := NULL, until := NULL, everything := false, min_confidence := 0) AS TABLE
FROM all_statements
WHERE confidence >= min_confidence AND (since IS NULL OR earliest >= CAST(since AS DATE)) AND (until IS NULL OR latest <= CAST(until AS DATE))
  AND (everything OR (polarity IS DISTINCT FROM 'hypothetical' AND attitude IS DISTINCT FROM 'eventuality' AND within_quote_id IS NULL));
COMMENT ON MACRO TABLE "statements_between" IS 'Statements that were made in a window of time, both days included: statements_between(since := DATE ''2019-01-01''). One that is only known to lie between two days counts if both are in the window; null is no limit. With everything := true those that statements leaves out are there, too. Rows less sure than min_confidence are left out.';
CREATE OR REPLACE VIEW "demands" AS
WITH parties AS (
  SELECT pa.proposal_id, list(a.name ORDER BY a.name) FILTER (pa.role = 'proposer') AS proposers,
    list(a.name ORDER BY a.name) FILTER (pa.role = 'target') AS targets,
    list(a.name ORDER BY a.name) FILTER (pa.role = 'affected') AS affected,
    list_sort(list(DISTINCT coalesce(s.name, a.country)) FILTER (pa.role = 'proposer'
      AND (a.type = 'state' OR a.sector IN ('government', 'military', 'intelligence')))) AS states
  FROM proposal_actors pa JOIN actors a USING (actor_id)
  LEFT JOIN actors s ON s.actor_id = CASE a.type WHEN 'state' THEN a.actor_id ELSE 'state:' || a.country END
  GROUP BY ALL
), dated AS (
  SELECT p.*, q.text AS quote, r.outlet, r.title, r.url, r.published, q.said_earliest, q.said_latest,
    r.published_earliest, r.published_latest,
    -- A day after the article appeared is a deadline or a plan, not the day of the act.
    coalesce(d.earliest, d.latest) <= coalesce(r.published_latest, d.earliest, d.latest) AS happened,
    CASE
      WHEN happened AND coalesce(d.earliest, d.latest) IS NOT NULL THEN 'date'
      WHEN coalesce(q.said_earliest, q.said_latest) IS NOT NULL THEN 'quote'
      WHEN coalesce(r.published_earliest, r.published_latest) IS NOT NULL THEN 'article'
      ELSE 'none'
    END AS dated_by,
    d.earliest AS date_earliest, d.latest AS date_latest
  FROM current_proposals p
  JOIN articles r USING (article_id)
  LEFT JOIN quotes q USING (quote_id)
  LEFT JOIN dates d USING (date_id)
)
SELECT p.type, coalesce(s.proposers, []) AS proposers, coalesce(s.targets, []) AS targets, p.text AS content,
  coalesce(s.states, []) AS states, i.label AS issue, p.stance,
  CASE dated_by
    WHEN 'date' THEN date_earliest WHEN 'quote' THEN said_earliest WHEN 'article' THEN published_earliest
  END AS earliest,
  least(
    CASE dated_by WHEN 'date' THEN date_latest WHEN 'quote' THEN said_latest WHEN 'article' THEN published_latest END,
    p.published_latest
  ) AS latest,
  dated_by, p.wanted, p.modality, p.cue, p.action, p.quote, coalesce(s.affected, []) AS affected, p.instrument, p.instrument_ref,
  p.plover, p.rule, p.confidence, p.outlet, p.published, p.title, p.url, p.issue_id, p.article_id, p.start, p."end",
  p.quote_id, p.date_id, p.proposal_id
FROM dated p
LEFT JOIN parties s USING (proposal_id)
LEFT JOIN issues i USING (issue_id);
COMMENT ON VIEW "demands" IS 'Who wants what of whom: one row per proposal of current_proposals, whether or not the codebook has an issue for it. type says what the proposers do (demand, urge, offer, reject, commit ...), content what they want done, in the words of the article, quote the speech that it stands in. proposers, targets and affected are names; states those of the states that the proposers are or speak for. issue, stance: as in proposals, null where no issue fits. earliest, latest: the days between which it was put forward, by what dated_by names: date (an expression in the text), quote (the day it was said) or article (its publication); null where nothing bounds them. wanted: whether the proposers want it.';
CREATE OR REPLACE VIEW "initiative_status" AS
WITH steps AS (
  SELECT initiative_id, 'proposed' AS status, initiative_id AS responds_by, NULL AS link_method, NULL AS similarity
  FROM initiatives ANTI JOIN initiative_links USING (initiative_id)
  UNION ALL
  SELECT responds_to,
    CASE relation WHEN 'rejects' THEN 'rejected' WHEN 'opposes' THEN 'opposed' WHEN 'supports' THEN 'backed' ELSE 'accepted' END,
    initiative_id, link_method, similarity
  FROM initiative_links
), sure AS (
  SELECT initiative_id, max(confidence) AS confidence FROM proposals GROUP BY ALL
), taken AS (
  SELECT s.*, r.proposers AS parties, r.first_seen AS day, least(here.confidence, there.confidence) AS confidence
  FROM steps s JOIN initiatives r ON r.initiative_id = s.responds_by
  LEFT JOIN sure here ON here.initiative_id = s.initiative_id LEFT JOIN sure there ON there.initiative_id = s.responds_by
  UNION ALL
  SELECT p.initiative_id, 'withdrawn', p.initiative_id, NULL, NULL, any_value(i.proposers), min(a.published_latest), max(p.confidence)
  FROM current_proposals p JOIN articles a USING (article_id) JOIN initiatives i USING (initiative_id)
  WHERE p.modality = 'withdrawn' GROUP BY p.initiative_id
), named AS (
  SELECT t.initiative_id, t.status, t.responds_by, list(a.name ORDER BY a.name) AS by_whom
  FROM (SELECT initiative_id, status, responds_by, unnest(parties) AS actor_id FROM taken) t JOIN actors a USING (actor_id)
  GROUP BY ALL
)
SELECT i.text AS content, i.type, t.status, coalesce(n.by_whom, []) AS by_whom, t.day, r.text AS in_words, t.link_method, t.similarity,
  t.confidence, i.issue_id, i.stance, i.article_count, i.outlet_count, t.responds_by, t.initiative_id
FROM taken t JOIN initiatives i USING (initiative_id) JOIN initiatives r ON r.initiative_id = t.responds_by
LEFT JOIN named n USING (initiative_id, status, responds_by)
ORDER BY i.first_seen, t.initiative_id, t.day, t.status, t.responds_by;
COMMENT ON VIEW "initiative_status" IS 'What became of what somebody wanted: one row per initiative and step, by day. status: proposed, when it was first told, by its proposers; backed, opposed, rejected, accepted, when another party supported, opposed or refused it, or promised to do it, by initiative_links; withdrawn, when it was told to be given up (proposals.modality). Whether it was adopted, such as by a vote, is not known. by_whom: the names of who took the step. day: the last day on which the first article that tells of it can have appeared; null where unknown. responds_by: the initiative that is the step; link_method and similarity as in initiative_links. confidence: that of the surest proposal which reports the step, or which reports what it answers if that is less. Only what others want is here: an initiative that is nothing but an answer, and so has a row in initiative_links, has none of its own.';
CREATE OR REPLACE VIEW "positions" AS
WITH dated AS (
  SELECT p.*, q.said_earliest, q.said_latest, r.published_earliest, r.published_latest,
    -- A day after the article appeared is a deadline or a plan, not the day of the act.
    coalesce(d.earliest, d.latest) <= coalesce(r.published_latest, d.earliest, d.latest) AS happened,
    CASE WHEN happened THEN d.earliest END AS act_earliest,
    CASE WHEN happened THEN d.latest END AS act_latest
  FROM current_proposals p
  JOIN current_articles r USING (article_id)
  LEFT JOIN quotes q USING (quote_id)
  LEFT JOIN dates d USING (date_id)
  WHERE p.issue_id IS NOT NULL
), chosen AS (
  SELECT *,
    CASE
      WHEN coalesce(act_earliest, act_latest) IS NOT NULL THEN 'date'
      WHEN coalesce(said_earliest, said_latest) IS NOT NULL THEN 'quote'
      WHEN coalesce(published_earliest, published_latest) IS NOT NULL THEN 'article'
      ELSE 'none'
    END AS dated_by
  FROM dated
)
SELECT p.proposal_id, a.actor_id, a.name AS actor, a.type AS actor_type, a.country,
  CASE
    WHEN a.type = 'state' THEN a.actor_id
    WHEN a.sector IN ('government', 'military', 'intelligence') THEN 'state:' || a.country
  END AS state_id,
  p.issue_id, i.label AS issue, p.stance,
  coalesce(c.issue_id, i.issue_id) AS concept_id,
  coalesce(c.label, i.label) AS concept,
  CASE p.stance WHEN 'support' THEN c.issue_id IS NULL WHEN 'oppose' THEN c.issue_id IS NOT NULL END AS agreement,
  p.type, p.modality,
  CASE dated_by
    WHEN 'date' THEN act_earliest WHEN 'quote' THEN said_earliest WHEN 'article' THEN published_earliest
  END AS earliest,
  least(
    CASE dated_by WHEN 'date' THEN act_latest WHEN 'quote' THEN said_latest WHEN 'article' THEN published_latest END,
    p.published_latest
  ) AS latest,
  dated_by, p.article_id, p.quote_id, p.confidence, p.issue_similarity, i.origin AS issue_origin
FROM chosen p
JOIN proposal_actors pa ON pa.proposal_id = p.proposal_id AND pa.role = 'proposer'
JOIN actors a ON a.actor_id = pa.actor_id
JOIN issues i ON i.issue_id = p.issue_id
LEFT JOIN issues c ON c.issue_id = i.opposite_of;
COMMENT ON VIEW "positions" IS 'Who took which stance on which issue, and when: one row per proposer of each proposal in current_proposals that is on an issue; issue_origin says whether the codebook knows it or it was discovered (issues.origin). What nobody is told to propose has no row. concept, agreement: the stance as discourse networks compare it; where the codebook calls an issue the contrary of another, the concept is that other and agreement is turned; null if the stance is conditional. state_id: the state that the actor is or speaks for (by its government, military or intelligence), null for all others, whatever their country. earliest, latest: the days between which it was put forward, null where nothing bounds them; dated_by says what does: date (an expression in the text), quote (the day it was said), article (nothing closer than its day of publication, as is usual in discourse networks) or none. issue_similarity: as in proposals.';
CREATE OR REPLACE MACRO "coverage_between"(since := NULL, until := NULL, min_confidence := 0) AS TABLE
WITH told AS (
  SELECT q.utterance_id, a.article_id, a.outlet AS named, a.published_latest, q.*,
    coalesce(a.outlet, lower(nullif(regexp_extract(a.url, '^https?://(?:www\.)?([^/:?#]+)', 1), ''))) AS name
  FROM current_quotes q JOIN articles a USING (article_id)
  SEMI JOIN (FROM utterances WHERE outlet_count > 1) USING (utterance_id)
  WHERE q.confidence >= min_confidence AND (since IS NULL OR a.published_earliest >= CAST(since AS DATE))
    AND (until IS NULL OR a.published_latest <= CAST(until AS DATE))
), outlets AS (
  SELECT utterance_id, any_value(name) AS outlet, string_agg(text, ' […] ' ORDER BY published_latest, quote_id) AS words,
    list_distinct(regexp_extract_all(lower(string_agg(text, ' ')), '[\p{L}\p{N}]+')) AS own,
    CASE WHEN bool_or(kind = 'direct') THEN 'direct' WHEN bool_or(kind = 'mixed') THEN 'mixed' ELSE 'indirect' END AS kind,
    first(utterance_method ORDER BY utterance_method <> 'fullest', utterance_similarity DESC, quote_id) AS method,
    max(utterance_similarity) AS similarity, min(confidence) AS confidence, min(published_latest) AS told,
    count(DISTINCT article_id) AS articles, min(article_id) AS article_id
  FROM told GROUP BY utterance_id, coalesce(name, article_id)
  QUALIFY count(*) OVER (PARTITION BY utterance_id) > 1
), fullest AS (
  SELECT utterance_id, speaker_actor_id, text AS fullest,
    list_distinct(regexp_extract_all(lower(text), '[\p{L}\p{N}]+')) AS whole
  FROM utterances WHERE outlet_count > 1
)
SELECT s.name AS speaker, f.fullest, o.outlet, o.words, len(list_intersect(own, whole)) AS kept,
  len(whole) - len(list_intersect(own, whole)) AS cut, len(own) - len(list_intersect(own, whole)) AS changed,
  o.kind, o.method, o.similarity, o.confidence, o.told, o.told - min(o.told) OVER (PARTITION BY utterance_id) AS lag,
  o.articles, f.speaker_actor_id, o.article_id, utterance_id
FROM outlets o JOIN fullest f USING (utterance_id)
LEFT JOIN actors s ON s.actor_id = f.speaker_actor_id;
COMMENT ON MACRO TABLE "coverage_between" IS 'The coverage of utterances by quotes that are sure and articles that appeared in a window of time, both days included: coverage_between(min_confidence := 0.8). Its columns are those of coverage. Quotes less sure than min_confidence are left out before anything is counted, and so is an utterance that only one outlet then reports; fullest remains the wording that utterances has. An article that is only known to have appeared between two days counts if both are in the window; null is no limit.';
CREATE OR REPLACE VIEW "speaks_about" AS
SELECT s.name AS speaker, o.name AS about, q.text, s.country AS speaker_country, o.country AS about_country,
  s.type AS speaker_type, o.type AS about_type, m.named_as,
  coalesce(q.said_earliest, a.published_earliest) AS earliest, coalesce(q.said_latest, a.published_latest) AS latest,
  q.polarity, q.confidence, a.outlet, a.title, a.url, q.article_id, q.quote_id, s.actor_id AS speaker_actor_id, o.actor_id AS about_actor_id
FROM current_quotes q
JOIN articles a USING (article_id)
JOIN quote_speakers p USING (quote_id)
JOIN actors s ON s.actor_id = p.actor_id
JOIN (
  SELECT q.quote_id, m.actor_id, first(m.text ORDER BY m.start) AS named_as
  FROM quotes q JOIN mentions m ON m.article_id = q.article_id AND m.start >= q.start AND m."end" <= q."end"
  WHERE m.form <> 'pronoun'
  GROUP BY ALL
) m ON m.quote_id = q.quote_id AND m.actor_id <> p.actor_id
JOIN actors o ON o.actor_id = m.actor_id
WHERE q.polarity IS DISTINCT FROM 'hypothetical';
COMMENT ON VIEW "speaks_about" IS 'Who speaks about whom: one row per quote of current_quotes, speaker of it and other actor named within its words, by name, place or role; pronouns do not count. Joint speakers are a row each. What is only imagined is left out; polarity tells whether it was said, denied or asked.';
CREATE OR REPLACE MACRO "find"(words, min_confidence := 0) AS TABLE
WITH given AS (
  SELECT unnest(string_split(trim(lower(regexp_replace(strip_accents(words), '\W+', ' ', 'g'))), ' ')) AS word
), stems AS (
  SELECT word, CASE
      WHEN regexp_matches(word, '^\w\w+(ies|ied|ying)$') THEN regexp_replace(word, '(ies|ied|ying)$', 'y')
      WHEN regexp_matches(word, '^\w\w+eed(s|ed|ing)?$') THEN regexp_replace(word, '(s|ed|ing)$', '')
      WHEN regexp_matches(word, '^\w*[aeiouy]\w*\w(ing|ings|ed)$') AND length(word) > 4
        THEN regexp_replace(word, '(ing|ings|ed)$', '')
      WHEN regexp_matches(word, '(s|x|z|ch|sh)es$') THEN regexp_replace(word, 'es$', '')
      WHEN regexp_matches(word, '^\w\w+[^s]s$') THEN regexp_replace(word, '(es|s)$', '')
      WHEN regexp_matches(word, '^\w\w+e$') THEN regexp_replace(word, 'e$', '')
      ELSE word
    END AS stem
  FROM given
), irregular AS (
  SELECT unnest(string_split(family, ' ')) AS member, string_split(family, ' ') AS family FROM (VALUES
    ('be is are was were been being'), ('begin began begun'), ('break broke broken'), ('bring brought'),
    ('build built'), ('buy bought'), ('choose chose chosen'), ('come came'), ('deal dealt'), ('do did done'),
    ('draw drew drawn'), ('drive drove driven'), ('fall fell fallen'), ('feel felt'), ('fight fought'),
    ('find found'), ('forbid forbade forbidden'), ('freeze froze frozen'), ('get got gotten'),
    ('give gave given'), ('go went gone'), ('grow grew grown'), ('have has had'), ('hold held'), ('keep kept'),
    ('know knew known'), ('lead led'), ('leave left'), ('lose lost'), ('make made'), ('mean meant'), ('meet met'),
    ('overthrow overthrew overthrown'), ('pay paid'), ('rise rose risen'), ('run ran'), ('say said'), ('see saw seen'),
    ('seek sought'), ('sell sold'), ('send sent'), ('shoot shot'), ('speak spoke spoken'), ('spend spent'),
    ('stand stood'), ('strike struck'), ('take took taken'), ('teach taught'), ('tell told'), ('think thought'),
    ('throw threw thrown'), ('understand understood'), ('win won'), ('withdraw withdrew withdrawn'),
    ('withhold withheld'), ('write wrote written'), ('man men'), ('woman women'), ('child children'), ('person people')
  ) f(family)
), bases AS (
  SELECT word, any_value(i.family) AS family, regexp_replace(coalesce(any_value(i.family)[1], any_value(g.stem)), 'e$', '') AS stem
  FROM stems g LEFT JOIN irregular i ON i.member IN (g.word, g.stem, g.stem || 'e')
  GROUP BY word
), forms AS (
  SELECT word, coalesce(family, []) || CASE
      WHEN stem LIKE '%y' THEN [stem] || [stem[:-2] || ending for ending in ['ies', 'ied', 'ying']] || [stem || 's', stem || 'ed']
      ELSE [stem || ending for ending in ['', 'e', 's', 'es', 'd', 'ed', 'ing', 'ings']]
        || [stem || stem[-1] || ending for ending in ['ed', 'ing']]
        || CASE WHEN length(stem) > 3 AND stem[-1] = stem[-2]
          THEN [stem[:-2] || ending for ending in ['', 's', 'ed', 'ing']] ELSE [] END
    END AS forms
  FROM bases
), wanted AS (
  SELECT list(struct_pack(word, forms)) AS wanted FROM forms
)
SELECT s.* EXCLUDE plain
FROM (
  SELECT *, ' ' || lower(regexp_replace(strip_accents(text), '\W+', ' ', 'g')) || ' ' AS plain FROM statements
  WHERE confidence >= min_confidence
) s, wanted
WHERE list_bool_and([
  contains(plain, ' ' || w.word) OR list_bool_or([contains(plain, ' ' || form || ' ') for form in w.forms])
  for w in wanted]);
COMMENT ON MACRO TABLE "find" IS 'Statements that hold all the given words, in any case and form: find(''ease sanction'') meets easing and eased, too, and words that begin with one given. Forms are made by the rules of English endings and a list of irregular verbs. No extension is needed, and no mark in the words has a meaning; it reads all quotes, so it takes longer the more there are. Statements less sure than min_confidence are left out.';
CREATE OR REPLACE VIEW "sources_by_outlet" AS
SELECT coalesce(outlet, lower(nullif(regexp_extract(url, '^https?://(?:www\.)?([^/:?#]+)', 1), '')), 'unknown') AS outlet,
  count(DISTINCT article_id) AS articles, count(*) AS quotes, count(speaker_actor_id) AS attributed,
  count(DISTINCT speaker_actor_id) AS speakers,
  avg(is_government::INT) AS share_government,
  avg((NOT is_named)::INT) AS share_unnamed,
  avg((gender = 'female')::INT) AS share_women,
  avg((speaker_type = 'person')::INT) AS share_persons,
  avg((kind <> 'indirect')::INT) FILTER (speaker_actor_id IS NOT NULL) AS share_in_quotation_marks
FROM statements
WHERE attitude = 'assertion'
GROUP BY ALL
ORDER BY quotes DESC, outlet;
COMMENT ON VIEW "sources_by_outlet" IS 'Whom each outlet quotes: one row per outlet, by its name, else by the host of its articles'' addresses, else ''unknown'': over the statements that are speech (attitude assertion) of current_articles. quotes: all; attributed: those whose speaker is an actor. The shares are of attributed, from 0 to 1, null where nothing is attributed: by speakers that are or act for a government, that are not named, that are women as far as the text tells (share_women is of those whose gender it tells). speakers: how many actors are quoted.';
CREATE OR REPLACE VIEW "promises" AS
WITH named AS (
  SELECT p.proposal_id, d.text, d.earliest, d.latest,
    regexp_matches(left(p.text, (d.start - p.start)::INT),
      '(?i)\b(?:by|before|until|till|within|later than)(?: the)?(?: end of| start of| close of)?(?: the)? ?$') AS bound,
    d.type, coalesce(d.earliest, d.latest) > coalesce(r.published_earliest, r.published_latest) AS ahead, d.start
  FROM current_proposals p
  JOIN articles r USING (article_id)
  JOIN dates d ON d.article_id = p.article_id AND d.start >= p.start AND d."end" <= p."end"
  WHERE p.type = 'commit' AND d.type <> 'SET' AND d.granularity IS DISTINCT FROM 'ref'
), deadlines AS (
  SELECT proposal_id, first(struct_pack(text, earliest, latest) ORDER BY bound DESC, start) AS deadline
  FROM named WHERE coalesce(ahead, bound) OR (bound AND type = 'DURATION')
  GROUP BY ALL
)
SELECT m.proposers, m.content, d.deadline.text AS deadline, d.deadline.earliest AS deadline_earliest,
  d.deadline.latest AS deadline_latest, m.targets, m.* EXCLUDE (type, proposers, content, targets)
FROM demands m LEFT JOIN deadlines d USING (proposal_id)
WHERE m.type = 'commit';
COMMENT ON VIEW "promises" IS 'What somebody commits to, and by when: the rows of demands with the type commit. deadline: the temporal expression in the promise that says when it is to be kept, in the words of the article: one behind by, before, until, within and the like, or one that lies behind the day of the article. deadline_earliest, deadline_latest: the days that it can mean; null where it is relative to a day that nobody knows. All three are null where no deadline is named.';
CREATE OR REPLACE MACRO "initiative_status_between"(since := NULL, until := NULL, min_confidence := 0) AS TABLE
FROM initiative_status
WHERE confidence >= min_confidence AND (since IS NULL OR day >= CAST(since AS DATE)) AND (until IS NULL OR day <= CAST(until AS DATE));
COMMENT ON MACRO TABLE "initiative_status_between" IS 'The steps of initiative_status that were certainly taken in a window of time, both days included, and are sure: initiative_status_between(min_confidence := 0.8). One whose day is not known falls in no window; null is no limit. Rows less sure than min_confidence are left out.';
CREATE OR REPLACE VIEW "beliefs" AS
SELECT actor, concept,
  count(*) FILTER (agreement) AS support, count(*) FILTER (NOT agreement) AS oppose,
  count(*) FILTER (agreement IS NULL) AS conditional,
  min(earliest) AS first_day, max(latest) AS last_day, count(DISTINCT article_id) AS articles,
  actor_type, country, state_id, actor_id, concept_id
FROM positions
WHERE modality NOT IN ('hypothetical', 'withdrawn')
GROUP BY ALL
ORDER BY support + oppose + conditional DESC, actor_id, concept_id;
COMMENT ON VIEW "beliefs" IS 'What each actor stands for: one row per actor and concept of positions, with how many of its proposals are for it, against it, or for it on a condition, and between which days. Mere possibilities do not count.';
CREATE OR REPLACE MACRO "positions_between"(since := NULL, until := NULL, min_confidence := 0, issue_ids := NULL) AS TABLE
SELECT * FROM positions p
WHERE (since IS NULL OR p.earliest >= since::DATE)
  AND (until IS NULL OR p.latest <= until::DATE)
  AND p.modality NOT IN ('hypothetical', 'withdrawn')
  AND p.confidence >= min_confidence
  AND (issue_ids IS NULL OR list_contains(issue_ids, p.issue_id) OR list_contains(issue_ids, p.concept_id));
COMMENT ON MACRO TABLE "positions_between" IS 'The positions that certainly fall between the days since and until: a row counts if its whole span lies inside, so one without a bound falls nowhere. Null means no bound, and keeps undated rows. Mere possibilities and what was given up (modality hypothetical, withdrawn) and rows less sure than min_confidence are left out. issue_ids: a list of the issues or concepts wanted, null for all.';
CREATE OR REPLACE VIEW "shifts" AS
WITH placed AS (
  SELECT p.*, t.text, a.outlet, a.title, a.url
  FROM positions p JOIN proposals t USING (proposal_id) JOIN articles a ON a.article_id = p.article_id
  WHERE p.agreement IS NOT NULL AND p.earliest IS NOT NULL AND p.latest IS NOT NULL
    AND p.modality NOT IN ('hypothetical', 'withdrawn')
), days AS (  -- one stance a day: whoever takes both on one day has changed nothing
  SELECT actor_id, concept_id, earliest, latest, min(agreement::INT) = 1 AS agreement,
    min(agreement::INT) = max(agreement::INT) AS clear, first(placed ORDER BY confidence DESC, proposal_id) AS position
  FROM placed GROUP BY ALL
), ordered AS (
  SELECT *, lag(position) OVER earlier AS before, lag(agreement) OVER earlier AS agreed, lag(latest) OVER earlier AS last
  FROM days WHERE clear
  WINDOW earlier AS (PARTITION BY actor_id, concept_id ORDER BY latest, earliest)
)
SELECT position.actor, position.actor_type, position.country, position.concept,
  CASE WHEN agreed THEN 'support' ELSE 'oppose' END AS stance_before, CASE WHEN agreement THEN 'support' ELSE 'oppose' END AS stance_after,
  before.earliest AS earliest_before, before.latest AS latest_before, earliest AS earliest_after, latest AS latest_after,
  before.text AS text_before, position.text AS text_after,
  before.outlet AS outlet_before, position.outlet AS outlet_after, before.url AS url_before, position.url AS url_after,
  least(before.confidence, position.confidence) AS confidence,
  actor_id, concept_id, before.proposal_id AS proposal_id_before, position.proposal_id AS proposal_id_after
FROM ordered
WHERE agreed <> agreement AND last < earliest
ORDER BY earliest, actor_id, concept_id;
COMMENT ON VIEW "shifts" IS 'Who changed position: one row where an actor, after one stance on a concept, takes the contrary one, both rows side by side. Compared are neighbouring positions of an actor on a concept, in the order of their days, that certainly lie apart: the last day that the earlier one can be of is before the first day of the later. Conditional stances, mere possibilities and positions without a day take no part. confidence: of the less sure of the two.';
CREATE OR REPLACE VIEW "timeline" AS
SELECT * FROM (
  SELECT earliest, latest, 'quote' AS kind, speaker AS actor, text, article_id, title, quote_id AS id, polarity, confidence
  FROM statements
  WHERE earliest IS NOT NULL OR latest IS NOT NULL
  UNION ALL
  SELECT earliest, latest, 'proposal', string_agg(actor, ', ' ORDER BY actor), p.text, article_id, a.title, proposal_id, NULL, any_value(p.confidence)
  FROM positions JOIN proposals p USING (proposal_id, article_id) JOIN articles a USING (article_id)
  WHERE earliest IS NOT NULL OR latest IS NOT NULL
  GROUP BY ALL
  UNION ALL
  SELECT earliest, latest, 'date', NULL, d.text, article_id, a.title, date_id, NULL, d.confidence
  FROM dates d JOIN current_articles a USING (article_id)
  WHERE earliest IS NOT NULL
)
ORDER BY coalesce(earliest, latest), latest, kind, id;
COMMENT ON VIEW "timeline" IS 'What can be dated, in the order of days: statements (kind quote), the proposals of positions (proposal) and resolved temporal expressions (date), each counted once. text is what was said, what was proposed, or the expression; actor says by whom. earliest and latest bound the day, no more exactly than the article does. polarity is that of statements: said, denied or asked; confidence is that of the quote, proposal or date.';
CREATE OR REPLACE VIEW "coverage" AS
FROM coverage_between();
COMMENT ON VIEW "coverage" IS 'What each outlet made of an utterance that several outlets report: one row per utterance and outlet, over current_quotes. outlet is its name, else the host of its articles'' addresses; null where neither is known, and such an article stands alone. Counted are different words, capitals and marks aside: kept are those of the fullest wording (fullest) that the outlet has in any of its quotes of it (words), cut those that it has not, changed those that it has instead. kind: direct if it quotes any as a sentence, else mixed, else indirect. method and similarity: how its closest quote was found to be of this utterance, as in quotes. confidence: that of the least sure of its quotes. told: the last day on which its first article can have appeared, lag the days from the first outlet''s to it; null where unknown. coverage_between does the same for a window of time or for sure quotes alone.';
CREATE OR REPLACE MACRO "stances"(since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL) AS TABLE
SELECT
  CASE unit WHEN 'actor' THEN p.actor_id WHEN 'state' THEN p.state_id ELSE error('unit is actor or state') END AS id,
  CASE unit WHEN 'state' THEN coalesce(s.name, p.state_id[7:]) ELSE p.actor END AS name,
  CASE unit WHEN 'state' THEN 'state' ELSE p.actor_type END AS type,
  CASE unit WHEN 'state' THEN p.state_id[7:] ELSE p.country END AS country,
  p.state_id, p.concept_id, p.concept,
  CASE p.agreement WHEN true THEN 'support' WHEN false THEN 'oppose' ELSE 'conditional' END AS stance,
  CASE duplicates
    WHEN 'include' THEN count(DISTINCT p.proposal_id)
    WHEN 'document' THEN count(DISTINCT p.article_id)
    WHEN 'acrossrange' THEN 1
    ELSE error('duplicates is include, document or acrossrange')
  END AS statements
FROM positions_between(since := since, until := until, min_confidence := min_confidence, issue_ids := issue_ids) p
LEFT JOIN actors s ON s.actor_id = p.state_id
WHERE unit <> 'state' OR p.state_id IS NOT NULL
GROUP BY ALL
ORDER BY id, p.concept_id, stance;
COMMENT ON MACRO TABLE "stances" IS 'How often each actor (unit ''actor'') or each state by whoever speaks for it (unit ''state'') supports or opposes each concept of positions, or has a conditional stance on it. duplicates, as in rDNA: ''include'' counts every proposal, ''document'' one a stance and article, ''acrossrange'' one a stance. The other parameters are those of positions_between.';
CREATE OR REPLACE MACRO "agreement"(since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL) AS TABLE
WITH counted AS (
  FROM stances(since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids) WHERE stance <> 'conditional'
), activity AS (
  SELECT id, sum(statements)::BIGINT AS statements FROM counted GROUP BY ALL
), pairs AS (
  SELECT a.id AS id_1, a.name AS name_1, b.id AS id_2, b.name AS name_2,
    coalesce(sum(a.statements * b.statements) FILTER (a.stance = b.stance), 0)::BIGINT AS congruence,
    coalesce(sum(a.statements * b.statements) FILTER (a.stance <> b.stance), 0)::BIGINT AS conflict,
    coalesce(sum(a.statements + b.statements) FILTER (a.stance = b.stance), 0)::BIGINT AS shared,
    list(a.concept_id) FILTER (a.stance = b.stance) AS agreed,
    list(a.concept_id) FILTER (a.stance <> b.stance) AS disputed
  FROM counted a
  JOIN counted b ON b.concept_id = a.concept_id AND a.id < b.id
    AND a.id IS DISTINCT FROM b.state_id AND b.id IS DISTINCT FROM a.state_id
  GROUP BY ALL
)
SELECT p.* EXCLUDE (shared, agreed, disputed),
  list_sort(list_distinct(coalesce(agreed, []))) AS agreed, list_sort(list_distinct(coalesce(disputed, []))) AS disputed,
  x.statements AS activity_1, y.statements AS activity_2,
  x.statements + y.statements - shared AS either
FROM pairs p
JOIN activity x ON x.id = id_1
JOIN activity y ON y.id = id_2;
COMMENT ON MACRO TABLE "agreement" IS 'How much each two actors (or states) agree and disagree: congruence is, summed over concepts, the number of statements of one times those of the other with the same stance; conflict, with opposite stances. activity_1, activity_2: statements of each on any concept; either: statements of stances that only one of the two takes. Conditional stances count nowhere. An actor is not compared with the state that it speaks for. Parameters as in stances.';
CREATE OR REPLACE MACRO "ties"(measure, since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL) AS TABLE
WITH weighted AS (
  SELECT *,
    CASE measure
      WHEN 'congruence' THEN congruence WHEN 'conflict' THEN conflict WHEN 'subtract' THEN congruence - conflict
      ELSE error('measure is congruence, conflict or subtract')
    END AS weight,
    CASE measure
      WHEN 'congruence' THEN agreed WHEN 'conflict' THEN disputed ELSE list_sort(list_distinct(agreed || disputed))
    END AS concept_ids
  FROM agreement(since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids)
)
SELECT id_1, name_1, id_2, name_2, weight,
  weight / ((activity_1 + activity_2) / 2) AS average_activity,
  weight / (either + congruence) AS jaccard,
  weight / (activity_1 * activity_2) AS cosine,
  concept_ids
FROM weighted
WHERE weight <> 0
ORDER BY weight DESC, id_1, id_2;
COMMENT ON MACRO TABLE "ties" IS 'Ties between actors (or states) by how they agree: `measure` is congruence, conflict, or subtract, congruence less conflict. weight is that measure; average_activity, jaccard, cosine: the weight, normalized as DNA does. The other parameters are those of stances.';
CREATE OR REPLACE MACRO "conflict"(since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL) AS TABLE
FROM ties('conflict', since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids);
COMMENT ON MACRO TABLE "conflict" IS 'The conflict network: two actors (or states) are tied by the concepts that one supports and the other opposes. weight: summed over concepts, the number of statements of one times those of the other with the opposite stance. average_activity, jaccard, cosine: the weight, normalized as DNA does. Parameters as in stances.';
CREATE OR REPLACE MACRO "congruence"(since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL) AS TABLE
FROM ties('congruence', since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids);
COMMENT ON MACRO TABLE "congruence" IS 'The congruence network: two actors (or states) are tied by the stances that they share. weight: summed over concepts, the number of statements of one times those of the other with the same stance. average_activity, jaccard, cosine: the weight, normalized as DNA does. Parameters as in stances.';
CREATE OR REPLACE MACRO "subtract"(since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL) AS TABLE
FROM ties('subtract', since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids);
COMMENT ON MACRO TABLE "subtract" IS 'The subtract network: congruence less conflict, so that a negative weight means that two actors (or states) disagree more than they agree. average_activity, jaccard, cosine: the weight, normalized as DNA does. Parameters as in stances.';
