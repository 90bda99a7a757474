-- What stands beside the described tables: acts, rows set aside, handles, erasures, the access log, schema steps.
-- Run as the owner, once, on an empty database. Text sorts by its bytes, so that every server sorts alike.

create schema record;
create schema stage;
create sequence record.entry_id_seq;

create table record.schema_step (
    step_id bigint generated always as identity primary key,
    number integer unique,
    what text not null,
    shape text not null,
    applied_at timestamptz not null default transaction_timestamp()
);

create table record.act (
    act_id bigint generated always as identity primary key,
    kind text collate "C" not null
        check (kind in ('load', 'entry', 'correction', 'ending', 'erasure', 'mapping', 'link', 'setting')),
    author text collate "C" not null check (author ~ '\S'),
    purpose text collate "C" not null check (purpose ~ '\S'),
    source text collate "C" not null check (source ~ '\S'),
    tables text[] not null,
    recorded_at timestamptz not null unique,
    cut_at timestamptz,
    known_after timestamptz,
    known_by timestamptz,
    scope jsonb,
    notes jsonb,
    counts jsonb,
    first_entry bigint not null,
    txid xid8 not null
);
create index act_by_source on record.act (source, act_id);

create table record.set_aside (
    set_aside_id bigint generated always as identity primary key,
    act_id bigint not null references record.act,
    file text not null,
    table_name text collate "C" not null,
    row_number bigint not null,
    column_name text not null,
    value text,
    reason text not null,
    remedy text not null,
    raw jsonb,
    row_key uuid,
    mended_by bigint references record.act
);
create index set_aside_by_act on record.set_aside (act_id);

-- Letters and digits only: safe in an address, and never taken for an option on a command line.
create table record.handle (
    kind text collate "C" not null check (kind in ('child', 'worker', 'team', 'post')),
    id text collate "C" not null,
    handle text collate "C" not null unique
        default rtrim(translate(encode(uuid_send(gen_random_uuid()), 'base64'), '+/', 'xy'), '='),
    primary key (kind, id)
);

create table record.handle_column (
    table_name text collate "C" not null,
    column_name text collate "C" not null,
    kind text collate "C" not null,
    primary key (table_name, column_name)
);

-- The indexes of described tables, so that a first load may build them after its rows; the owner alone fills this.
create table record.index_definition (
    index_name text collate "C" primary key,
    table_name text collate "C" not null,
    definition text not null
);

create table record.erasure (
    erasure_id bigint generated always as identity primary key,
    act_id bigint not null references record.act,
    table_name text collate "C" not null,
    row_key uuid not null,
    entries integer not null,
    reason text not null check (reason ~ '\S'),
    signed_by text[] not null check (cardinality(signed_by) = 2 and signed_by[1] <> signed_by[2]),
    erased_at timestamptz not null,
    txid xid8 not null default pg_current_xact_id(),
    unique (table_name, row_key, act_id)
);

create table record.access_log (
    log_id bigint generated always as identity primary key,
    at timestamptz not null,
    account text not null check (account ~ '\S'),
    role text not null,
    warrant text not null default '',
    door text not null check (door in ('page', 'api', 'command', 'python')),
    route text not null check (route ~ '\S'),
    purpose text not null check (purpose ~ '\S'),
    kind text not null,
    handles text[] not null,
    count bigint not null check (count >= 0)
);
create index access_log_by_time on record.access_log (at);
create index access_log_by_account on record.access_log (account, at);
create index access_log_by_handle on record.access_log using gin (handles);
