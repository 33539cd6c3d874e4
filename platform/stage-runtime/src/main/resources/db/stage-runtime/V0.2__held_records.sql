-- Records that were set aside because of something that concerns their dataset alone (a wrong recipe, a second reader that does not answer),
-- so that their partition goes on. Each is handled from here, in the order of id within its dataset, as soon as that works.
create table held_record (
    id              bigint generated always as identity primary key,
    dataset         text        not null,
    subject         text        not null,
    version         bigint      not null,
    event_id        text        not null,
    topic           text        not null,
    topic_partition int         not null,
    topic_offset    bigint      not null,
    record_time     timestamptz not null,
    record_key      text,
    record_value    bytea,
    header_names    text[]      not null,
    header_values   bytea[]     not null,
    code            text        not null,
    reason          text        not null,
    attempts        int         not null,
    held_at         timestamptz not null,
    next_attempt    timestamptz not null,
    unique (dataset, subject)
);
create index held_record_by_dataset on held_record (dataset, id);
