-- Files of archives are documents of their own: container names the archive and its version; an archive counts its files.
alter table document_version add column container text;
alter table document_version add column container_version int;
alter table document_version add column entries int;
create index document_version_by_container on document_version (dataset, container) where latest and container is not null;
