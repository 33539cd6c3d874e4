-- A sealing works on a snapshot of the documents as they were when it began; what comes later belongs to the next version.
alter table dataset add column requested_revision bigint;
alter table dataset add column snapshot_revision bigint;
alter table dataset add column snapshot_changed int not null default 0;
alter table dataset add column first_since timestamptz;
update dataset set requested_revision = revision where requested;
alter table dataset drop column requested;

-- Whether the owner has withdrawn the document; one that only gave way to another may still be withdrawn.
alter table document add column withdrawn boolean not null default false;

-- The documents of the snapshot that is being sealed. Their files stay while the rows do.
create table snapshot_document (
    dataset          text        not null,
    document_id      text        not null,
    version          int         not null,
    generation       int,
    filename         text,
    examples         int         not null,
    file_location    text,
    file_sha256      text,
    file_size_bytes  bigint,
    findings         text        not null,
    rejects          text        not null,
    topic            text        not null,
    topic_partition  int         not null,
    topic_offset     bigint      not null,
    primary key (dataset, document_id)
);
create index snapshot_document_by_file on snapshot_document (file_sha256);

-- What a sealing stores, noted before it is stored: if the sealing comes to nothing, it goes again.
create table sealing_artifact (
    dataset          text        not null,
    owner            text        not null,
    sha256           text        not null,
    size_bytes       bigint      not null,
    primary key (dataset, owner, sha256)
);
create index sealing_artifact_by_content on sealing_artifact (sha256);
