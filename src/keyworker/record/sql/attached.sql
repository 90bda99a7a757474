-- What is attached to direct work with a child, sealed with a key that the database does not hold. It only grows; an
-- erasure of the direct work takes it away.

create table record.attached (
    work_id text collate "C" primary key check (work_id ~ '\S'),
    sealed bytea not null check (octet_length(sealed) > 28),
    key_name text collate "C" not null check (key_name ~ '\S'),
    attached_at timestamptz not null
);
