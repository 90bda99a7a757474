-- What is worked out from the record and kept beside it, so that today's pages need not work it out again. It is never
-- a source: it can be emptied and made anew. It holds no state, which changes overnight without anything being written.

create schema if not exists kept;
drop table if exists kept.reading, kept.reading_ground;

-- The duties of open children and of workers that nothing has met.
create table if not exists kept.open_duty (
    subject_kind text collate "C" not null,
    subject text collate "C" not null,
    rule text collate "C" not null,
    started_on date not null,
    again smallint not null,
    start_time time,
    edition smallint not null,
    due_on date,
    stopped_on date,
    may_on date,
    agreed text,
    excused boolean not null
);
create index if not exists open_duty_by_subject on kept.open_duty (subject);

-- Up to which act, by which rulebook and for the end of which day they were worked out.
create table if not exists kept.open_duty_ground (
    act_id bigint not null,
    rulebook text not null,
    at date not null
);
-- One stands at a time: of two servers that keep a day at once where nothing was kept, the second to end keeps nothing.
delete from kept.open_duty_ground;
create unique index if not exists open_duty_ground_once on kept.open_duty_ground ((true));

-- How long before its day each duty of the year before began, and how long before (or after) it was done or ended:
-- how many there were alike. What each rule's were worked out by stands beside.
create table if not exists kept.pace (
    rule text collate "C" not null,
    begun integer not null,
    closed integer not null,
    done boolean not null,
    passed boolean not null,
    duties bigint not null
);
create index if not exists pace_by_rule on kept.pace (rule);
create table if not exists kept.pace_ground (
    rule text collate "C" primary key,
    act_id bigint not null,
    rulebook text not null,
    at date not null,
    left_out bigint not null
);

-- The words of each name that a child has or had, and the numbers by which a child is known, to find the child by: what
-- is typed is looked for among words, never among children. Up to which entry of the record they go stands beside.
create table if not exists kept.child_word (
    child_id text collate "C" not null,
    word text collate "C" not null,
    what text collate "C" not null check (what in ('name', 'former', 'number')),
    primary key (child_id, word, what)
);
create index if not exists child_word_by_word on kept.child_word (word, what, child_id);
create table if not exists kept.name_word (
    word text collate "C" primary key,
    sound text collate "C" not null
);
create table if not exists kept.child_word_ground (
    entry_id bigint not null
);
create unique index if not exists child_word_ground_once on kept.child_word_ground ((true));

-- Whether an act wrote of each of some children, or of another identifier of theirs.
create or replace function kept.wrote_of(of_act bigint, subjects text[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $body$
declare
    act record.act;
    named text;
    theirs text[];
    written text[] := '{}';
begin
    select * into act from record.act where act_id = of_act;
    for named in
        select name from unnest(act.tables) as those(name) join pg_attribute on attname = 'child_id'
            and attrelid = to_regclass(format('record.%I', name)) and not attisdropped
    loop
        execute format(
            'select array_agg(distinct child_id) from record.%I
             where entry_id > $1 and act_id = $2 and child_id is not null', named
        ) into theirs using act.first_entry, of_act;
        written := written || theirs;
    end loop;
    return subjects <@ written or subjects <@ array(
        with recursive one(id) as (
            select unnest(written) collate "C"
            union select case when l.child_id = one.id then l.same_as else l.child_id end
            from one join record.identity_link l on one.id in (l.child_id, l.same_as)
            where l.superseded_at is null and l.standing = 'reported' and l.to_on is null
        )
        select id from one
    );
end $body$;

-- Whoever writes about a child renews the child's open duties in the transaction of the act, and nobody else's: only
-- what was kept up to the act before it is carried on, and only of children of whom they see everything and have just
-- written. Nothing kept is read by that way, and no more than a few children are renewed.
create or replace function kept.open_ground(out act_id bigint, out rulebook text, out at date)
language sql stable security definer set search_path = pg_catalog, pg_temp as
'select act_id, rulebook, at from kept.open_duty_ground';

create or replace function kept.renew_open(
    before bigint, of_act bigint, of_rulebook text, of_day date, subjects text[], duties jsonb
) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    if not exists (
        select 1 from record.act a where a.act_id = of_act and a.txid = pg_current_xact_id()
            and a.act_id = (select max(b.act_id) from record.act b)
            and before = (select max(b.act_id) from record.act b where b.act_id < of_act)
    ) or not access.sees_all_of(subjects) or not kept.wrote_of(of_act, subjects) then
        return false;
    end if;
    update kept.open_duty_ground set act_id = of_act where act_id = before and rulebook = of_rulebook and at = of_day;
    if not found then
        return false;
    end if;
    delete from kept.open_duty where subject_kind = 'child' and subject = any (subjects);
    insert into kept.open_duty
        select 'child', subject, rule, started_on, again, start_time, edition, due_on, stopped_on, may_on, agreed, excused
        from jsonb_to_recordset(duties) as said(
            subject text, rule text, started_on date, again smallint, start_time time, edition smallint, due_on date,
            stopped_on date, may_on date, agreed text, excused boolean
        ) where subject = any (subjects);
    if cardinality(subjects) = 0 then
        update kept.pace_ground set act_id = of_act where act_id = before;
    end if;
    return true;
end $body$;

revoke all on schema kept from public;
revoke all on all functions in schema kept from public;
revoke all on all tables in schema kept from keyworker_application;
revoke all (act_id) on kept.pace_ground from keyworker_application;
revoke all on schema kept from keyworker_application;
grant usage on schema kept to keyworker_application;
grant execute on function kept.open_ground(), kept.renew_open(bigint, bigint, text, date, text[], jsonb)
    to keyworker_application;
grant usage on schema kept to keyworker_loader, keyworker_service;
grant select, insert, delete on kept.open_duty, kept.open_duty_ground, kept.pace, kept.pace_ground
    to keyworker_loader, keyworker_service;
grant select, insert, delete on kept.child_word, kept.name_word, kept.child_word_ground to keyworker_service;
grant update (act_id) on kept.pace_ground to keyworker_loader, keyworker_service;
