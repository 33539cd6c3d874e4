-- A dataset: what has changed since its last version, and who is sealing it now.
create table dataset (
    dataset          text primary key,
    revision         bigint      not null,
    changed          int         not null,
    first_change     timestamptz,
    last_change      timestamptz,
    requested        boolean     not null,
    cause_id         text        not null,
    traceparent      text        not null,
    last_number      int         not null,
    lease_owner      text,
    lease_until      timestamptz
);

-- The newest version of each document, or the mark that it was erased.
create table document (
    dataset          text        not null,
    document_id      text        not null,
    version          int         not null,
    erased           boolean     not null,
    generation       int,
    filename         text,
    language         text,
    parsed_sha256    text,
    examples         int         not null,
    file_location    text,
    file_sha256      text,
    file_size_bytes  bigint,
    findings         text        not null,
    rejects          text        not null,
    corrections      int         not null,
    withheld_blocks  int         not null,
    topic            text        not null,
    topic_partition  int         not null,
    topic_offset     bigint      not null,
    changed_at       timestamptz not null,
    primary key (dataset, document_id)
);
create index document_by_file on document (file_sha256);

-- What was removed where: kinds, positions and marks, never text.
create table finding (
    id               bigint generated always as identity primary key,
    dataset          text        not null,
    document_id      text        not null,
    text_number      int         not null,
    type             text        not null,
    start_position   int         not null,
    end_position     int         not null,
    score            double precision not null,
    recognizer       text        not null,
    mark             text        not null
);
create index finding_by_document on finding (dataset, document_id);

-- Sealed versions; the rest is in the manifest.
create table dataset_version (
    dataset             text        not null,
    number              int         not null,
    version             text        not null,
    manifest_location   text        not null,
    manifest_sha256     text        not null,
    manifest_size_bytes bigint      not null,
    sealed_at           timestamptz not null,
    primary key (dataset, number)
);
