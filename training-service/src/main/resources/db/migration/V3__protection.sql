alter table run add column protection text;
