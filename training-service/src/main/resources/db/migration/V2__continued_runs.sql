alter table run add column model text;
alter table run add column start_model_id text;
alter table run add column start_model text;
