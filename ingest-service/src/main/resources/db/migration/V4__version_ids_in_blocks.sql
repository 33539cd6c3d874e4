-- Ids come from a sequence in blocks, so that versions which come together are inserted together.
alter table document_version alter column id drop identity;
create sequence document_version_id increment by 64;
select setval('document_version_id', (select coalesce(max(id), 0) + 64 from document_version));
