-- Applied into the schema of each service, before the service's own migrations (which start at V1).
-- Ids of the events whose effect is in this schema; a redelivered event finds its id and does nothing.
create table inbox_event (
    event_id   text primary key,
    topic      text not null,
    handled_at timestamptz not null default now()
);
create index inbox_event_handled_at on inbox_event (handled_at);

-- Records that were committed but not yet acknowledged by the broker. The relay sends them in the order of id and deletes them.
create table outbox_record (
    id            bigint generated always as identity primary key,
    topic         text not null,
    record_key    text,
    record_value  bytea,
    header_names  text[] not null,
    header_values bytea[] not null,
    created_at    timestamptz not null default now()
);
-- Rows come and go all the time: vacuum often, by count, so that the relay never reads through dead ones.
alter table outbox_record set (autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);
