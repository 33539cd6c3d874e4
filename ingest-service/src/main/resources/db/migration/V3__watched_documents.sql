-- What was taken from watched places, so that it is taken again only when it changes.
create table watched_document (
    dataset          text        not null,
    name             text        not null,
    stamp            text        not null,
    taken_at         timestamptz not null,
    primary key (dataset, name)
);
