-- Who is signed in, and whom they may see. The policies of the record ask here. Nothing here can be read by the role
-- under which people read, so that nobody who holds that role can say who they are: they can only show a secret.

create schema if not exists access;

-- A session is known by a secret that is kept nowhere here, only its digest.
create table if not exists access.session (
    session_id bigint generated always as identity primary key,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    account text not null check (account ~ '\S'),
    door text collate "C" not null check (door in ('page', 'api', 'command', 'python')),
    keeper boolean not null,
    opened_at timestamptz not null default statement_timestamp(),
    expires_at timestamptz not null,
    ended_at timestamptz
);
create index if not exists session_by_account on access.session (account) where ended_at is null;

-- What was laid down for a session: after which act and until when it stands, for which reason, what it opens of
-- everybody, and which things it opens any of. Then on which day and with which identifiers joined, where it asks where
-- children stand; the numbers of the restricted children who are not kept from it; those whose record was opened in an
-- emergency, as keys; which worker it is; for how many hours it may open a record in an emergency, none where it may not,
-- by when that is reviewed and how many it may open in 24 hours. It lasts a day: that of an earlier shape of this is not kept.
drop table if exists access.laid cascade;
drop table if exists access.reach;
drop table if exists access.child_in_sight, access.child_hidden cascade;
create table access.laid (
    session_id bigint primary key references access.session on delete cascade,
    act_id bigint not null,
    until timestamptz not null,
    reason text not null,
    of_everybody text[] not null,
    opens text[] not null,
    hides boolean not null,
    at date not null,
    joined text not null,
    grounded boolean not null,
    let_in integer[] not null,
    only_read integer[] not null,
    in_emergency jsonb not null,
    worker_id text,
    emergency_hours integer not null,
    emergency_review_by date not null,
    emergency_a_day integer not null
);

-- Where the children stand of whom a session sees a thing and does not see it of everybody; `any` is any thing of theirs.
create table access.reach (
    session_id bigint not null references access.laid on delete cascade,
    thing text collate "C" not null,
    stands integer[] not null,
    primary key (session_id, thing)
);

-- Where each child stands, the same for everybody: the workers with whom and the teams in which, each by a number. Every
-- child of whom anything is known has a row, also one who stands nowhere: whoever is not there is seen by nobody who is
-- kept from anybody. A restricted child is `kept` by a number that means nothing elsewhere.
create table if not exists access.stand (
    stand_id integer generated always as identity primary key,
    kind text collate "C" not null check (kind in ('worker', 'team')),
    id text collate "C" not null,
    unique (kind, id)
);
create table if not exists access.whereabouts (
    child_id text collate "C" primary key,
    stands integer[] not null
);
alter table access.whereabouts add column if not exists kept integer;
create unique index if not exists whereabouts_kept_once on access.whereabouts (kept) where kept is not null;
create table if not exists access.kept_back (
    child_id text collate "C" primary key,
    kept integer generated always as identity unique
);

-- Up to which act and for the end of which day that is kept; by which sources, and with which identifiers joined.
create table if not exists access.whereabouts_ground (
    act_id bigint not null,
    at date not null,
    told text not null,
    roots jsonb not null,
    joined text not null
);
create unique index if not exists whereabouts_ground_once on access.whereabouts_ground ((true));

-- A child is known from the act that gives a handle on, and no longer once an erasure takes that away.
create or replace function access.know_children() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    if tg_op = 'INSERT' then
        insert into access.whereabouts select id, '{}' from given where kind = 'child' on conflict do nothing;
    else
        delete from access.whereabouts using given where kind = 'child' and child_id = id;
        delete from access.kept_back using given where kind = 'child' and child_id = id;
    end if;
    return null;
end $body$;
create or replace trigger handle_makes_known after insert on record.handle
    referencing new table as given for each statement execute function access.know_children();
create or replace trigger handle_makes_unknown after delete on record.handle
    referencing old table as given for each statement execute function access.know_children();
-- What an earlier shape kept knows neither all children nor who is restricted, and is made anew.
delete from access.whereabouts_ground;
insert into access.whereabouts select id, '{}' from record.handle where kind = 'child' on conflict do nothing;

-- The workers in sight of whoever does not see everybody.
create table if not exists access.worker_in_sight (
    session_id bigint not null references access.session on delete cascade,
    worker_id text collate "C" not null,
    figures boolean not null,
    learning boolean not null,
    personal boolean not null,
    noted boolean not null,
    primary key (session_id, worker_id)
);

-- The acts after which somebody may see more, or less, and those after which a child may stand elsewhere or be kept
-- back. Most acts are neither.
drop index if exists record.act_that_moves_sight, record.act_that_moved_sight, record.act_that_moves_children;
create index act_that_moves_sight on record.act (act_id)
    where tables && array[
        'appointment', 'broken_glass', 'department', 'meaning', 'restriction', 'restriction_named', 'role_holding',
        'setting', 'supervision_deputy', 'supervision_line', 'supervision_opening', 'team', 'team_succession'
    ];
create index act_that_moves_children on record.act (act_id)
    where tables && array[
        'cin_episodes', 'cla_episodes', 'handover', 'identity_link', 'involvements', 'permanence', 'restriction',
        'setting'
    ];

-- The last of each but for those of this transaction: what somebody writes does not put out their own light.
create or replace function access.last_act() returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce((
        select act_id from record.act
        where tables && array[
            'appointment', 'broken_glass', 'department', 'meaning', 'restriction', 'restriction_named', 'role_holding',
            'setting', 'supervision_deputy', 'supervision_line', 'supervision_opening', 'team', 'team_succession'
        ]
            and txid is distinct from pg_current_xact_id_if_assigned()
        order by act_id desc limit 1
    ), 0)
$body$;
create or replace function access.last_move() returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce((
        select act_id from record.act
        where tables && array[
            'cin_episodes', 'cla_episodes', 'handover', 'identity_link', 'involvements', 'permanence', 'restriction',
            'setting'
        ]
            and txid is distinct from pg_current_xact_id_if_assigned()
        order by act_id desc limit 1
    ), 0)
$body$;

-- The session of whoever reads, by the secret that was shown: empty without one, and for one that is forged, ended,
-- expired, or laid down for a record that has changed since.
create or replace function access.session() returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $body$
declare
    token text := current_setting('keyworker.token', true);
begin
    if token is null or token = '' then
        return null;
    end if;
    return (
        select s.session_id from access.session s join access.laid l using (session_id)
        where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null
            and s.expires_at > statement_timestamp() and l.until > statement_timestamp()
            and not exists (
                select 1 from record.act a
                where tables && array[
                    'appointment', 'broken_glass', 'department', 'meaning', 'restriction', 'restriction_named',
                    'role_holding', 'setting', 'supervision_deputy', 'supervision_line', 'supervision_opening', 'team',
                    'team_succession'
                ]
                    and a.act_id > l.act_id and txid is distinct from pg_current_xact_id_if_assigned()
            )
            and (not l.grounded or exists (
                select 1 from access.whereabouts_ground g
                where g.at = l.at and g.joined = l.joined and not exists (
                    select 1 from record.act a
                    where tables && array[
                        'cin_episodes', 'cla_episodes', 'handover', 'identity_link', 'involvements', 'permanence',
                        'restriction', 'setting'
                    ]
                        and a.act_id > g.act_id and txid is distinct from pg_current_xact_id_if_assigned()
                )
            ))
    );
end $body$;

-- Whether whoever reads sees a thing of everybody, with nobody kept from them.
create or replace function access.sees_everybody(thing text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce(
        (select thing = any(of_everybody) and not hides from access.laid where session_id = access.session()), false
    )
$body$;

-- Whether whoever reads sees a thing of everybody but some who are kept from them.
create or replace function access.sees_all_but(thing text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce(
        (select thing = any(of_everybody) and hides from access.laid where session_id = access.session()), false
    )
$body$;

-- Whether any of some things is open, even in part, to whoever reads.
create or replace function access.opens(things text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce((select opens && things from access.laid where session_id = access.session()), false)
$body$;

-- Earlier shapes asked who is kept from whoever reads. The policies that did are made anew.
drop function if exists access.hidden() cascade;
drop function if exists access.in_reach(text) cascade;

-- Where the children stand of whom whoever reads sees a thing: null where they see it of every child who is not kept from
-- them, and nowhere without a session. With it the numbers of the restricted children whom they see, and the children whose record they
-- opened in an emergency. None of these tells of a child whom they may not see.
create or replace function access.in_reach(thing text) returns integer[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select case
        when l.session_id is null then '{}'
        when in_reach.thing = any(l.of_everybody) then null
        else coalesce(
            (select stands from access.reach r where r.session_id = l.session_id and r.thing = in_reach.thing), '{}'
        )
    end
    from (select access.session() as id) me left join access.laid l on l.session_id = me.id
$body$;
create or replace function access.let_in() returns integer[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce((select let_in from access.laid where session_id = access.session()), '{}')
$body$;
create or replace function access.in_emergency() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce((select in_emergency from access.laid where session_id = access.session()), '{}')
$body$;

-- Whether whoever reads sees all that the record holds of some children: record, name and case supervision. Of a child
-- whom nobody knows it is answered as of one who is kept from them.
create or replace function access.sees_all_of(children text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce(bool_and(
        access.sees_everybody(thing) or access.in_emergency() ? id
        or exists (
            select 1 from access.whereabouts w
            where w.child_id = id and (w.kept is null or w.kept = any(access.let_in()))
                and coalesce(w.stands && access.in_reach(thing), true)
        )
    ), true)
    from unnest(children) as asked(id) cross join (
        values ('a child''s record'), ('names'), ('case supervision')
    ) as things(thing)
$body$;

-- The sign-in of whoever reads, also while what they see must be laid down anew.
create or replace function access.account() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select account from access.session
    where token_hash = sha256(convert_to(current_setting('keyworker.token', true), 'UTF8'))
        and ended_at is null and expires_at > statement_timestamp()
$body$;

-- A child whom the record does not know yet stands with nobody, so that nobody could write of them. Whoever may take one
-- in lets the child stand with themselves or their team, within their reach, for the one transaction in which they write.
create table if not exists access.begun (
    child_id text collate "C" primary key,
    txid xid8 not null
);
create or replace function access.begin_child(child text, worker text, team text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
declare
    theirs integer[];
begin
    if not access.opens(array['a new child']) or child !~ '^kw-[0-9a-f]{32}$'
        or exists (select 1 from record.handle where kind = 'child' and id = child)
        or exists (select 1 from access.begun b where b.child_id = child)
        or exists (select 1 from access.whereabouts w where w.child_id = child)
    then
        return false;
    end if;
    theirs := array(
        select stand_id from access.stand where kind = 'worker' and id = worker or kind = 'team' and id = team
    );
    if not coalesce(theirs && access.in_reach('a list of children'), true)
        or not coalesce(theirs && access.in_reach('names'), true)
    then
        return false;
    end if;
    insert into access.begun values (child, pg_current_xact_id());
    insert into access.whereabouts values (child, theirs);
    return true;
end $body$;
create or replace function access.is_begun(child text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select exists (
        select 1 from access.begun where child_id = child and txid = pg_current_xact_id_if_assigned()
    )
$body$;

-- Whether whoever keeps the machine reads: they act for everybody, and are logged as that.
create or replace function access.is_keeper() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce((
        select keeper from access.session
        where token_hash = sha256(convert_to(current_setting('keyworker.token', true), 'UTF8'))
            and ended_at is null and expires_at > statement_timestamp()
    ), false)
$body$;

-- Whether one of some things is open to whoever reads of a child, to write by: of whom they see it, by the cell of that
-- thing and not by another's, or whom they are just taking in. A restricted child whose record they opened in an
-- emergency they read alone. It says the same of a child who is kept from them as of one whom nobody knows; from whom
-- nobody is kept, where children stand is not asked.
create or replace function access.writes_of(child text, things text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select access.is_keeper() or access.is_begun(child) and access.opens(things) or exists (
        select 1 from access.laid
        where session_id = access.session() and of_everybody && things and not hides and only_read = '{}'
    ) or exists (
        select 1 from access.laid l join access.whereabouts w on w.child_id = child cross join unnest(things) as one(thing)
        where l.session_id = access.session()
            and (w.kept is null or w.kept = any(l.let_in) and w.kept <> all(l.only_read))
            and (one.thing = any(l.of_everybody) or exists (
                select 1 from access.reach r
                where r.session_id = l.session_id and r.thing = one.thing and r.stands && w.stands
            ))
    )
$body$;

-- Whether a sign-in is of another person than whoever reads: not their own, nor another one of the same worker's.
create or replace function access.is_another(of_account text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select of_account <> access.account() and not exists (
        select 1 from record.role_holding mine join record.role_holding theirs using (worker_id)
        where mine.account = access.account() and theirs.account = of_account
            and mine.standing = 'reported' and mine.superseded_at is null
            and theirs.standing = 'reported' and theirs.superseded_at is null
    )
$body$;

-- Whether a row is signed by who reads: as the first, or as the second, who answers it, and never for another. What was
-- said at first stays, unless it may be corrected; what another has answered stays, unless it did not settle anything.
-- What stands still and was not put out of the present is not before it: a form that was sent twice is then told apart.
drop function if exists access.signs(text, jsonb);
create or replace function access.signs(
    said jsonb, before jsonb, first text, second text, later text[], after_answer text[], is_free boolean,
    by_another boolean
) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $body$
declare
    me text := access.account();
    answers boolean;
begin
    before := case when before ->> 'superseded_at' is not null then before end;
    answers := second is not null and said ->> second is distinct from before ->> second;
    if said ->> first is distinct from coalesce(before ->> first, me)
        or before is not null and not is_free and not access.repeats(said, before, later)
    then
        return false;
    end if;
    if second is null then
        return true;
    end if;
    if not answers then
        return coalesce(said ->> 'state', said ->> 'answer') is distinct from 'agreed' and before is null
            and (select bool_and(said ->> one is null) from unnest(later) one where one <> 'state')
            or before is not null and access.repeats(said, before, after_answer);
    end if;
    if said ->> second is distinct from me
        or before ->> second is not null and before ->> 'settled' is distinct from 'false'
    then
        return false;
    end if;
    if not by_another then
        return true;
    end if;
    if said ->> 'answer' = 'taken back' then
        return before ->> second is null and not access.is_another(said ->> first);
    end if;
    return access.is_another(said ->> first)
        and (said ->> 'worker_id' is null or said ->> 'worker_id' is distinct from access.worker());
end $body$;

-- Which worker whoever reads is, and for how long they may open a record in an emergency: none who may open none.
create or replace function access.worker() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select worker_id from access.laid where session_id = access.session()
$body$;
drop function if exists access.emergency_lasts() cascade;
-- Whether an opening is of today, for no longer and reviewed no later than the council has set, and they have opened no
-- more than they may in 24 hours. It counts what the same statement has written before it.
create or replace function access.opens_in_time(
    opened timestamptz, until_at timestamptz, on_day date, review_by date
) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce((
        select until_at <= opened + emergency_hours * interval '1 hour' and on_day = at
            and (opened at time zone 'Europe/London')::date = at and review_by <= emergency_review_by
            and emergency_a_day > (
                select count(distinct glass_id) from record.broken_glass
                where account = access.account() and opened_at > opened - interval '24 hours'
            )
        from access.laid where session_id = access.session()
    ), false)
$body$;

-- What stands already under the number of a row, as whoever reads sees it: nothing where they see none. It runs under
-- their own policies, so that it tells nobody more than a question would.
create or replace function access.said_before(in_table text, key text, number text) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $body$
declare
    given jsonb;
begin
    execute format(
        'select to_jsonb(t) from record.%I t where %I = $1 order by entry_id desc limit 1', in_table, key
    ) into given using number;
    return given;
end $body$;

-- The same of a row of which there may be one of each child under a number.
create or replace function access.said_of_child(in_table text, key text, number text, child text) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $body$
declare
    given jsonb;
begin
    execute format(
        'select to_jsonb(t) from record.%I t where %I = $1 and child_id = $2 order by entry_id desc limit 1', in_table, key
    ) into given using number, child;
    return given;
end $body$;

-- Whether a row of a source stands or stood under a key, as whoever reads sees it, under their own policies.
create or replace function access.stood(in_table text, key uuid, of_source text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $body$
declare
    given boolean;
begin
    execute format('select exists (select 1 from record.%I where row_key = $1 and source = $2)', in_table)
        into given using key, of_source;
    return given;
end $body$;

-- Whether a row about a child stands or stood under a number, of no other child, and whoever reads never wrote of it, under
-- this sign-in or another. It runs under their own policies.
create or replace function access.wrote_none(in_table text, key text, number text, child text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $body$
declare
    given boolean;
begin
    execute format(
        'select coalesce(bool_and(e.child_id = $2 and access.is_another(a.author)), false)
         from record.%I e join record.act a on a.act_id = e.act_id where e.%I = $1', in_table, key
    ) into given using number, child;
    return given;
end $body$;

-- Whether something was entered when a row under a key says, or one that is put out of the present in the same act.
create or replace function access.was_entered(in_table text, key uuid, in_act timestamptz, at timestamptz)
returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $body$
declare
    given boolean;
begin
    execute format(
        'select exists (select 1 from record.%I where (row_key = $1 or superseded_at = $2)
             and entered_at is not distinct from $3)', in_table
    ) into given using key, in_act, at;
    return given;
end $body$;

-- Whether an act is of no instant that is still to come, but where an earlier act was. An act is after every other, so
-- that one far ahead would put all that anybody writes from then on there too.
create or replace function access.is_timely(at timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select at <= clock_timestamp() + interval '5 minutes'
        or at <= (select max(recorded_at) from record.act) + interval '1 microsecond'
$body$;

-- Whether a row says again what stood before it, of everything but some columns.
create or replace function access.repeats(said jsonb, before jsonb, but_for text[]) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $body$
    select coalesce(before ->> 'standing' = 'reported' and said - own.names = before - own.names, false)
    from (
        select array['entry_id', 'act_id', 'recorded_at', 'superseded_at', 'digest'] || but_for as names
    ) own
$body$;

-- Whether an action of a child's plan is theirs who reads, by its last entry that stands already. What one statement
-- writes is not counted: nobody gives themselves an action by writing it twice.
create or replace function access.was_given(action text, child text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce((
        select account = access.account() and standing = 'reported' from record.plan_action
        where child_id = child and action_id = action order by entry_id desc limit 1
    ), false)
$body$;

-- Whether any action for a child is given to whoever reads, as another agency's, or ever was: never for a child who is
-- kept from them. Of a child for whom none was given it says the same as of nobody.
create or replace function access.is_given_openly(child text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select exists (select 1 from record.plan_action where child_id = child and account = access.account())
        and exists (
            select 1 from access.laid where session_id = access.session() and (not hides or not exists (
                select 1 from access.kept_back where child_id = child and kept <> all(let_in)
            ))
        )
$body$;
-- Whether the words of an action of another agency's, who reads, may be told: nothing is marked that day of the child or
-- the families, under any identifier of theirs, or a second person agreed last. Which words they agreed to only the pages
-- know. Of an action that was not given to whoever reads it is no, whatever is marked.
create or replace function access.is_told(child text, action text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    with recursive linked (one, other) as (
        select child_id, same_as from record.identity_link l, access.laid
        where session_id = access.session() and standing = 'reported' and superseded_at is null
            and (from_on is null or from_on <= laid.at) and (to_on is null or to_on > laid.at)
    ),
    same (id) as (
        select child collate "C"
        union select case when l.one = s.id then l.other else l.one end
            from same s join linked l on s.id in (l.one, l.other)
    ),
    kin (id) as (
        select id from same
        union select theirs.child_id from record.family mine join record.family theirs using (family_id)
            where mine.child_id in (select id from same) and mine.standing = 'reported' and mine.superseded_at is null
                and theirs.standing = 'reported' and theirs.superseded_at is null
    ),
    every (id) as (
        select id from kin
        union select case when l.one = e.id then l.other else l.one end
            from every e join linked l on e.id in (l.one, l.other)
    )
    select exists (
        select 1 from record.plan_action where child_id = child and action_id = action and account = access.account()
    ) and (
        not exists (
            select 1 from record.not_to_be_told m, access.laid
            where session_id = access.session() and m.standing = 'reported' and m.superseded_at is null
                and m.from_on <= laid.at and (m.to_on is null or m.to_on > laid.at)
                and m.child_id in (select id from every)
        ) or coalesce((
            select agrees from record.told_to_agency
            where in_table = 'plan_action' and in_row = action and standing = 'reported' and superseded_at is null
            order by entry_id desc limit 1
        ), false)
    )
$body$;
create or replace function access.was_given_any(child text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select exists (
        select 1 from record.plan_action
        where child_id = child and account = access.account() and standing = 'reported' and superseded_at is null
    ) and access.is_given_openly(child)
$body$;

-- Whether a row is a challenge that whoever reads raises, open, for a child of whom an action was given to them, or only
-- says once how one of theirs ended.
create or replace function access.says_own_challenge(said jsonb) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select access.was_given_any(said ->> 'child_id') and case
        when before.entry_id is null then said ->> 'ended_on' is null and said ->> 'outcome' is null
        else before.account = access.account() and before.standing = 'reported' and before.ended_on is null
            and said ->> 'ended_on' is not null and said ->> 'superseded_at' is null
            and said - own.names = to_jsonb(before) - own.names
        end
    from (
        select array[
            'entry_id', 'act_id', 'recorded_at', 'superseded_at', 'digest', 'ended_on', 'outcome', 'outcome_says'
        ] as names
    ) own
    left join lateral (
        select * from record.challenge where challenge_id = said ->> 'challenge_id' order by entry_id desc limit 1
    ) before on true
$body$;

-- Whether a row only says what came of an action that was theirs who reads and open still: of all else that the record
-- holds of the action, the row repeats the last entry.
create or replace function access.only_ends(said jsonb) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select coalesce((
        select account = access.account() and standing = 'reported' and ended_on is null
            and said ->> 'ended_on' is not null and said ->> 'done' is not null and said ->> 'superseded_at' is null
            and said - own.names = to_jsonb(given) - own.names
        from record.plan_action given cross join (
            select array[
                'entry_id', 'act_id', 'recorded_at', 'superseded_at', 'digest', 'ended_on', 'done', 'outcome'
            ] as names
        ) own
        where child_id = said ->> 'child_id' and action_id = said ->> 'action_id' order by entry_id desc limit 1
    ), false)
$body$;

-- Whether what was laid down for the session, for this reason, still stands: else it must be laid down anew.
drop function if exists access.stands(text);
create or replace function access.is_laid(for_reason text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select exists (select 1 from access.laid where session_id = access.session() and reason = for_reason)
$body$;

-- The door: opening and ending sessions.
create or replace function access.open_session(
    hash bytea, of_account text, by_door text, as_keeper boolean, lasting interval
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
declare
    opened bigint;
    gone bigint;
begin
    if lasting <= interval '0' or lasting > interval '1 day' then
        raise exception 'a session lasts no longer than a day' using errcode = 'check_violation';
    end if;
    for gone in
        select l.session_id from access.laid l join access.session s using (session_id)
        where s.ended_at is not null or s.expires_at <= statement_timestamp()
        for update of l skip locked
    loop
        delete from access.worker_in_sight where session_id = gone;
        delete from access.laid where session_id = gone;
    end loop;
    insert into access.session (token_hash, account, door, keeper, expires_at)
        values (hash, of_account, by_door, as_keeper, statement_timestamp() + lasting)
        returning session_id into opened;
    return opened;
end $body$;

create or replace function access.end_session(hash bytea) returns boolean
language sql security definer set search_path = pg_catalog, pg_temp as $body$
    with ended as (
        update access.session set ended_at = statement_timestamp()
        where token_hash = hash and ended_at is null returning 1
    )
    select exists (select 1 from ended)
$body$;

create or replace function access.end_sessions_of(of_account text) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $body$
    with ended as (
        update access.session set ended_at = statement_timestamp()
        where account = of_account and not keeper and ended_at is null returning 1
    )
    select count(*) from ended
$body$;

-- Whose session a secret is of, while it lasts: for the door, and for the service that lays down what it sees.
create or replace function access.session_of(hash bytea)
returns table (account text, door text, keeper boolean, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select s.account, s.door, s.keeper, s.expires_at from access.session s
    where s.token_hash = hash and s.ended_at is null and s.expires_at > statement_timestamp()
$body$;

-- The service: laying down what a session sees, until the end of the day in London at the latest. Of children it is said
-- by things in a row with where they stand.
do $body$ begin
    execute coalesce(
        (select string_agg(format('drop function %s', oid::regprocedure), '; ') from pg_proc
         where pronamespace = 'access'::regnamespace and proname = 'lay'), 'select 1'
    );
end $body$;
drop function if exists access.lay(
    bytea, bigint, text, interval, text[], text[], date, text, boolean, text[],
    text[], text[], text[], text[], text[], text[], text[], text[], boolean, text, integer
);
create or replace function access.lay(
    hash bytea, after_act bigint, for_reason text, at_latest interval, everybody text[], open text[],
    of_day date, of_joined text, is_grounded boolean, emergencies text[],
    things text[], kinds text[], ids text[],
    figures text[], learning text[], personal text[], noted text[], let_in_to text[], is_kept_from_some boolean,
    own_worker text, hours integer, review_by date, a_day integer, let_in_to_read text[], alike text[], to_what text[]
) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
declare
    of_session bigint;
    midnight timestamptz := (date_trunc('day', statement_timestamp() at time zone 'Europe/London') + interval '1 day')
        at time zone 'Europe/London';
begin
    select session_id into of_session from access.session
        where token_hash = hash and ended_at is null and access.session.expires_at > statement_timestamp() for update;
    if of_session is null then
        return false;
    end if;
    delete from access.worker_in_sight where session_id = of_session;
    insert into access.worker_in_sight
        select of_session, id, bool_or(what = 1), bool_or(what = 2), bool_or(what = 3), bool_or(what = 4)
        from (
            select unnest(figures) as id, 1 as what union all select unnest(learning), 2
            union all select unnest(personal), 3 union all select unnest(noted), 4
        ) as said group by id;
    insert into access.stand (kind, id)
        select distinct k, i from unnest(kinds, ids) as said(k, i)
        where not exists (select 1 from access.stand where kind = k and id = i)
        on conflict do nothing;
    delete from access.laid where session_id = of_session;
    insert into access.laid (
        session_id, act_id, until, reason, of_everybody, opens, hides, at, joined, grounded, let_in, only_read,
        in_emergency, worker_id, emergency_hours, emergency_review_by, emergency_a_day
    ) values (
        of_session, after_act, least(midnight, statement_timestamp() + at_latest), for_reason, everybody, open,
        is_kept_from_some, of_day, of_joined, is_grounded,
        array(select kept from access.kept_back where child_id = any(let_in_to)),
        array(select kept from access.kept_back where child_id = any(let_in_to_read)),
        (select coalesce(jsonb_object_agg(one, true), '{}') from unnest(emergencies) as those(one)), own_worker, hours,
        review_by, a_day
    );
    insert into access.reach
        select of_session, thing, array_agg(stand_id) from unnest(things, kinds, ids) as said(thing, k, i)
        join access.stand on kind = k and id = i group by thing;
    insert into access.reach
        select of_session, said.thing, r.stands from unnest(alike, to_what) as said(thing, as_far_as)
        join access.reach r on r.session_id = of_session and r.thing = said.as_far_as;
    return true;
end $body$;

-- Whoever reads sees of what was laid down only their own; nobody but the owner sees sessions.
alter table access.whereabouts enable row level security;
alter table access.worker_in_sight enable row level security;
drop policy if exists own on access.whereabouts;
create policy own on access.whereabouts for select to keyworker_application
    using (
        (kept is null or kept = any((select access.let_in())::integer[]))
        and coalesce(stands && (select access.in_reach('any')), true)
    );
drop policy if exists whole on access.whereabouts;
create policy whole on access.whereabouts to keyworker_service using (true) with check (true);
drop policy if exists own on access.worker_in_sight;
create policy own on access.worker_in_sight for select to keyworker_application
    using (session_id = (select access.session()));

revoke all on schema access from public;
revoke all on all tables in schema access from public;
revoke all on all functions in schema access from public;
grant usage on schema access to keyworker_application, keyworker_door, keyworker_service;
revoke select on access.whereabouts from keyworker_application;
grant select (child_id, stands) on access.whereabouts to keyworker_application;
grant select on access.worker_in_sight to keyworker_application;
grant select, insert, update, delete on access.whereabouts to keyworker_service;
grant select, insert, delete on access.kept_back to keyworker_service;
grant select, insert on access.stand to keyworker_service;
grant select, insert, update on access.whereabouts_ground to keyworker_service;
grant execute on function access.session(), access.sees_everybody(text), access.sees_all_but(text),
    access.opens(text[]), access.account(), access.is_laid(text), access.in_reach(text), access.in_emergency(),
    access.let_in(), access.is_given_openly(text), access.sees_all_of(text[]), access.was_given(text, text), access.only_ends(jsonb),
    access.begin_child(text, text, text), access.is_begun(text),
    access.was_given_any(text), access.says_own_challenge(jsonb), access.is_told(text, text),
    access.signs(jsonb, jsonb, text, text, text[], text[], boolean, boolean),
    access.worker(), access.opens_in_time(timestamptz, timestamptz, date, date), access.is_keeper(), access.writes_of(text, text[]),
    access.stood(text, uuid, text), access.was_entered(text, uuid, timestamptz, timestamptz),
    access.is_timely(timestamptz), access.said_before(text, text, text),
    access.said_of_child(text, text, text, text),
    access.repeats(jsonb, jsonb, text[]), access.wrote_none(text, text, text, text), access.is_another(text)
    to keyworker_application;
grant execute on function access.open_session(bytea, text, text, boolean, interval), access.end_session(bytea),
    access.end_sessions_of(text), access.session_of(bytea) to keyworker_door;
grant execute on function access.session_of(bytea), access.last_act(), access.last_move(), access.lay(
    bytea, bigint, text, interval, text[], text[], date, text, boolean, text[],
    text[], text[], text[], text[], text[], text[], text[], text[], boolean, text, integer, date, integer,
    text[], text[], text[]
) to keyworker_service;
