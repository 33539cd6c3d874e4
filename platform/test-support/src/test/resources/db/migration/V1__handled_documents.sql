-- How often the effect of handling a document was committed: must end at 1 for each.
create table handled_document (
    dataset     text not null,
    document_id text not null,
    position    bigint generated always as identity,
    times       int not null default 1,
    primary key (dataset, document_id)
);
