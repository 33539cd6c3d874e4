-- One row per version of a document; the newest of each document has latest = true.
create table document_version (
    id                bigint generated always as identity primary key,
    dataset           text        not null,
    document_id       text        not null,
    version           int         not null,
    latest            boolean     not null,
    state             text        not null,
    filename          text,
    content_type      text,
    media_type        text,
    declared_language text,
    language          text,
    source            text,
    size_bytes        bigint      not null,
    sha256            text        not null,
    original_location text,
    parsed_location   text,
    parsed_sha256     text,
    parsed_size_bytes bigint,
    code              text,
    message           text,
    duplicate_of      text,
    warnings          text,
    topic             text        not null,
    topic_partition   int         not null,
    topic_offset      bigint      not null,
    received_at       timestamptz not null,
    changed_at        timestamptz not null,
    unique (dataset, document_id, version)
);
create index document_version_by_content on document_version (dataset, sha256);
create index document_version_by_sha on document_version (sha256);
create index document_version_latest on document_version (dataset, document_id) where latest;

-- What erased documents leave in the artifact store, until the stages behind have caught up.
create table artifact_to_remove (
    sha256     text primary key,
    location   text        not null,
    size_bytes bigint      not null,
    media_type text        not null,
    due_at     timestamptz not null
);
