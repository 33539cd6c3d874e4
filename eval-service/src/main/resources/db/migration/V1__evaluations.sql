create table evaluation (
    model_id       text primary key,
    dataset        text not null,
    run_id         text not null,
    version        text not null,
    version_number integer not null,
    base_model     text not null,
    cause_id       text not null,
    traceparent    text not null,
    trained        text not null,
    state          text not null,
    attempt        integer not null default 0,
    claimed_by     text,
    lease_until    timestamptz,
    verdict        text,
    reasons        text,
    scorecard      text,
    report         text,
    error_message  text,
    seconds        double precision not null default 0,
    created_at     timestamptz not null,
    finished_at    timestamptz
);

create index evaluation_open on evaluation (created_at) where state in ('QUEUED', 'RUNNING');
create index evaluation_dataset on evaluation (dataset, created_at desc);
