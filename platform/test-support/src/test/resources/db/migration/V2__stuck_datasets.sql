-- Datasets whose documents cannot be prepared for now, as with a wrong recipe.
create table stuck_dataset (
    dataset text primary key,
    bounded boolean not null
);
