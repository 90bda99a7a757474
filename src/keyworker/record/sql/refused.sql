-- Files that were refused whole, or whose load stopped: what, by whom, when and why. It holds no row and no identifier.

create table record.refused_load (
    refused_load_id bigint generated always as identity primary key,
    at timestamptz not null,
    outcome text collate "C" not null check (outcome in ('refused', 'stopped')),
    author text collate "C" not null check (author ~ '\S'),
    purpose text collate "C" not null check (purpose ~ '\S'),
    file text not null check (file ~ '\S'),
    place text not null,
    reason text not null check (reason ~ '\S'),
    remedy text not null
);
