-- Withdrawn documents: what of them still has to go, and what is gone. Hashes and counts, never text.
create table erasure (
    id               bigint generated always as identity primary key,
    dataset          text        not null,
    document_id      text        not null,
    pending          text        not null,
    removed          text        not null,
    affected         text        not null,
    topic            text        not null,
    topic_partition  int         not null,
    topic_offset     bigint      not null,
    cause_id         text        not null,
    traceparent      text        not null,
    requested_at     timestamptz not null,
    done_at          timestamptz
);
create index erasure_open on erasure (id) where done_at is null;
