-- What is worked out from the record and kept beside it, so that today's pages need not work it out again. It is never
-- a source: it can be emptied and made anew. It holds no state, which changes overnight without anything being written.

create schema if not exists kept;
create table if not exists kept.reading (
    subject_kind text collate "C" not null,
    subject text collate "C" not null,
    rule text collate "C" not null,
    started_on date not null,
    again smallint not null,
    start_time time,
    edition smallint not null,
    due_on date,
    met_on date,
    met_time time,
    met_entered_at timestamptz,
    stopped_on date,
    may_on date,
    agreed text,
    excused boolean not null
);
create index if not exists reading_by_subject on kept.reading (subject_kind, subject);

-- Up to which act, by which rulebook and on which working days the readings were worked out.
create table if not exists kept.reading_ground (
    act_id bigint not null,
    rulebook text not null
);

revoke all on schema kept from public;
grant usage on schema kept to keyworker_application, keyworker_loader;
grant select, insert, delete on kept.reading, kept.reading_ground to keyworker_application, keyworker_loader;
