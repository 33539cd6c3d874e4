-- What a teacher's pairs among a document's examples were made from, as JSON: hash, counts, tokens; never text. Null when there is nothing
-- to remember.
alter table document add column lesson text;
