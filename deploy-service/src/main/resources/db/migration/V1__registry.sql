create table model (
    id             text primary key,
    dataset        text not null,
    version        text not null,
    version_number integer not null,
    base_model     text not null,
    verdict        text not null,
    evaluated      text not null,
    created_at     timestamptz not null
);

create index model_dataset on model (dataset, created_at desc);

create table alias (
    name              text primary key,
    model_id          text not null references model (id),
    previous_model_id text references model (id),
    reason            text not null,
    changed_at        timestamptz not null
);

create table usage_by_day (
    used_on           date not null,
    model_id          text not null,
    requests          bigint not null,
    prompt_tokens     bigint not null,
    completion_tokens bigint not null,
    primary key (used_on, model_id)
);
