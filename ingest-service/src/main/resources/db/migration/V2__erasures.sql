-- Withdrawn documents: artifacts that have to go once nothing needs them, and the receipts of all stages.
create table erasure (
    id               bigint generated always as identity primary key,
    dataset          text        not null,
    document_id      text        not null,
    pending          text        not null,
    topic            text        not null,
    topic_partition  int         not null,
    topic_offset     bigint      not null,
    cause_id         text        not null,
    traceparent      text        not null,
    due_at           timestamptz not null,
    done_at          timestamptz
);
create index erasure_open on erasure (due_at) where done_at is null;

create table erasure_receipt (
    id               bigint generated always as identity primary key,
    dataset          text        not null,
    document_id      text        not null,
    stage            text        not null,
    receipt          text        not null,
    told_at          timestamptz not null
);
create index erasure_receipt_by_document on erasure_receipt (dataset, document_id);

-- what an earlier release still had to remove
insert into erasure (dataset, document_id, pending, topic, topic_partition, topic_offset, cause_id, traceparent, due_at)
select 'unknown', 'unknown',
       json_build_array(json_build_object(
           'location', location, 'sha256', sha256, 'sizeBytes', size_bytes, 'mediaType', media_type))::text,
       'migaki.ingest', 0, 0, 'migration/' || sha256, '00-' || left(sha256, 32) || '-' || left(sha256, 16) || '-00', due_at
from artifact_to_remove;
drop table artifact_to_remove;
