-- A record as the first version of its schema made it, with a smaller vocabulary and a little of everything in it.
-- Frozen: it stands for what councils have. Everybody in it is made up. Never edit or renew it.

SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;

CREATE SCHEMA record;

CREATE SCHEMA stage;

CREATE FUNCTION record."analyse"(in_table text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    execute format('analyze record.%I', in_table);
end $$;

CREATE FUNCTION record.build_indexes(in_table text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET maintenance_work_mem TO '256MB'
    AS $$
declare
    wanted text;
begin
    for wanted in
        select definition from record.index_definition
        where table_name = in_table and to_regclass('record.' || index_name) is null
    loop
        execute wanted;
    end loop;
end $$;

CREATE FUNCTION record.close_act() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_nestloop TO 'off'
    AS $_$
declare
    written text;
    next_first bigint;
    wrong boolean;
begin
    select coalesce(min(first_entry), 9223372036854775807) into next_first
        from record.act where act_id > new.act_id;
    foreach written in array new.tables loop
        execute format(
            'select exists (
                select 1 from record.%1$I
                where entry_id > %2$s and entry_id < %3$s
                    and (act_id <> %4$s or recorded_at <> %5$L or source <> %6$L
                        or standing = ''erased'' and %7$L <> ''erasure'')
            ) or exists (
                select 1 from record.%1$I as was
                where superseded_at = %5$L and not exists (
                    select 1 from record.%1$I as now
                    where now.entry_id > %2$s and now.entry_id < %3$s and now.row_key = was.row_key
                )
            ) or exists (
                select 1 from record.index_definition
                where table_name = %1$L and to_regclass(''record.'' || index_name) is null
            )',
            written, new.first_entry, next_first, new.act_id, new.recorded_at, new.source, new.kind
        ) into wrong;
        if wrong then
            raise exception 'act refused: entries of record.% disagree with their act', written
                using errcode = 'restrict_violation';
        end if;
    end loop;
    return null;
end $_$;

CREATE FUNCTION record.erase(of_act bigint, in_table text, entries bigint[], lawful_reason text, signatures text[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    act record.act := record.open_act_for(in_table);
    keys uuid[];
    emptied text;
    erased bigint;
    ids text[];
    named jsonb := '[]';
    held record;
    place record;
    still boolean;
begin
    if act.act_id <> of_act or act.kind <> 'erasure' then
        raise exception 'an erasure needs an act of its own kind' using errcode = 'restrict_violation';
    end if;
    execute format('select array_agg(distinct row_key) from record.%I where entry_id = any($1)', in_table)
        into keys using entries;
    if keys is null then
        return 0;
    end if;

    for place in select column_name, kind from record.handle_column where table_name = in_table loop
        execute format(
            'select array_agg(distinct %I) from record.%I where row_key = any($1) and %1$I is not null',
            place.column_name, in_table
        ) into ids using keys;
        named := named || jsonb_build_object('kind', place.kind, 'ids', ids);
    end loop;

    execute format(
        'insert into record.erasure (act_id, table_name, row_key, entries, reason, signed_by, erased_at)
         select $1, %L, row_key, count(*), $2, $3, $4 from record.%I where row_key = any($5) group by row_key',
        in_table, in_table
    ) using act.act_id, lawful_reason, signatures, act.recorded_at, keys;

    select string_agg(format('%I = null', attname), ', ') into emptied
        from pg_attribute
        where attrelid = format('record.%I', in_table)::regclass and attnum > 0 and not attisdropped
            and attname not in (
                'entry_id', 'act_id', 'source', 'row_key', 'standing', 'recorded_at', 'superseded_at'
            );
    execute format('update record.%I set standing = ''erased'', %s where row_key = any($1)', in_table, emptied)
        using keys;
    get diagnostics erased = row_count;

    update record.set_aside set value = null, raw = null where table_name = in_table and row_key = any(keys);

    -- A handle goes when nothing in the record holds its identifier any more.
    for held in
        select distinct entry.value ->> 'kind' as kind, id.value as id
        from jsonb_array_elements(named) as entry, jsonb_array_elements_text(nullif(entry.value -> 'ids', 'null')) as id
    loop
        still := false;
        for place in select table_name, column_name from record.handle_column where kind = held.kind loop
            execute format('select exists (select 1 from record.%I where %I = $1)', place.table_name, place.column_name)
                into still using held.id;
            exit when still;
        end loop;
        if not still then
            delete from record.handle where kind = held.kind and id = held.id;
        end if;
    end loop;
    return erased;
end $_$;

CREATE FUNCTION record.guard_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if new.standing = 'erased'
        and (new.entry_id, new.act_id, new.source, new.row_key, new.recorded_at)
            = (old.entry_id, old.act_id, old.source, old.row_key, old.recorded_at)
        and new.superseded_at is not distinct from old.superseded_at
        and jsonb_strip_nulls(to_jsonb(new) - array[
            'entry_id', 'act_id', 'source', 'row_key', 'standing', 'recorded_at', 'superseded_at'
        ]) = '{}'
        and exists (
            select 1 from record.erasure
            where table_name = tg_table_name and row_key = new.row_key and txid = pg_current_xact_id()
        )
    then
        return new;
    end if;
    raise exception 'update refused: record.% only grows', tg_table_name
        using errcode = 'restrict_violation', hint = 'Write a correction, an ending or a signed erasure instead.';
end $$;

CREATE FUNCTION record.guard_handle() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if exists (select 1 from record.erasure where txid = pg_current_xact_id()) then
        return old;
    end if;
    raise exception 'delete refused: record.handle only grows' using errcode = 'restrict_violation';
end $$;

CREATE FUNCTION record.guard_set_aside() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if exists (
        select 1 from record.erasure
        where table_name = new.table_name and row_key = new.row_key and txid = pg_current_xact_id()
    ) then
        return new;
    end if;
    raise exception 'update refused: a row set aside is mended once' using errcode = 'restrict_violation';
end $$;

CREATE FUNCTION record.guard_superseding() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    act record.act := record.open_act_for(tg_table_name::text);
begin
    if act.kind <> 'erasure'
        and exists (select 1 from changed where superseded_at is distinct from act.recorded_at)
    then
        raise exception 'update refused: an entry of record.% is superseded at the instant of its act', tg_table_name
            using errcode = 'restrict_violation';
    end if;
    return null;
end $$;

CREATE FUNCTION record.guard_write() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform record.open_act_for(tg_table_name::text);
    return null;
end $$;

CREATE FUNCTION record.open_act() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'an act needs a read committed transaction: an older view could repeat an instant'
            using errcode = 'restrict_violation';
    end if;
    perform pg_advisory_xact_lock(record.writer_lock());
    select greatest(new.recorded_at, max(act.recorded_at) + interval '1 microsecond')
        into new.recorded_at from record.act;
    new.txid := pg_current_xact_id();
    new.first_entry := nextval('record.entry_id_seq');
    return new;
end $$;

CREATE TABLE record.act (
    act_id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    author text NOT NULL COLLATE pg_catalog."C",
    purpose text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    tables text[] NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    cut_at timestamp with time zone,
    known_after timestamp with time zone,
    known_by timestamp with time zone,
    scope jsonb,
    notes jsonb,
    counts jsonb,
    first_entry bigint NOT NULL,
    txid xid8 NOT NULL,
    CONSTRAINT act_author_check CHECK ((author ~ '\S'::text)),
    CONSTRAINT act_kind_check CHECK ((kind = ANY (ARRAY['load'::text, 'entry'::text, 'correction'::text, 'ending'::text, 'erasure'::text, 'mapping'::text, 'link'::text, 'setting'::text]))),
    CONSTRAINT act_purpose_check CHECK ((purpose ~ '\S'::text)),
    CONSTRAINT act_source_check CHECK ((source ~ '\S'::text))
);

CREATE FUNCTION record.open_act_for(table_name text) RETURNS record.act
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    act record.act;
begin
    select * into act from record.act order by act_id desc limit 1;
    if act.txid is distinct from pg_current_xact_id() or not table_name = any(act.tables) then
        raise exception 'record.% is written only within an act that names it', table_name
            using errcode = 'restrict_violation';
    end if;
    return act;
end $$;

CREATE FUNCTION record.postpone_indexes(in_table text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    held boolean;
    postponed text;
begin
    perform record.open_act_for(in_table);
    execute format('select exists (select 1 from record.%I)', in_table) into held;
    if not held then
        for postponed in select index_name from record.index_definition where table_name = in_table loop
            execute format('drop index record.%I', postponed);
        end loop;
    end if;
    return not held;
end $$;

CREATE FUNCTION record.refuse() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    raise exception '% refused: record.% only grows', lower(tg_op), tg_table_name
        using errcode = 'restrict_violation', hint = 'Write a correction, an ending or a signed erasure instead.';
end $$;

CREATE FUNCTION record.writer_lock() RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$select 7310579::bigint$$;

CREATE TABLE record.access_log (
    log_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account text NOT NULL,
    role text NOT NULL,
    door text NOT NULL,
    route text NOT NULL,
    purpose text NOT NULL,
    kind text NOT NULL,
    handles text[] NOT NULL,
    count bigint NOT NULL,
    CONSTRAINT access_log_account_check CHECK ((account ~ '\S'::text)),
    CONSTRAINT access_log_count_check CHECK ((count >= 0)),
    CONSTRAINT access_log_door_check CHECK ((door = ANY (ARRAY['page'::text, 'command'::text, 'python'::text]))),
    CONSTRAINT access_log_purpose_check CHECK ((purpose ~ '\S'::text)),
    CONSTRAINT access_log_route_check CHECK ((route ~ '\S'::text))
);

ALTER TABLE record.access_log ALTER COLUMN log_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME record.access_log_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE record.act ALTER COLUMN act_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME record.act_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE record.entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE record.cin_visits (
    entry_id bigint DEFAULT nextval('record.entry_id_seq'::regclass) NOT NULL,
    act_id bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    row_key uuid NOT NULL,
    digest uuid,
    standing text NOT NULL COLLATE pg_catalog."C",
    entered_at timestamp with time zone,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    cin_visit_id text COLLATE pg_catalog."C",
    child_id text COLLATE pg_catalog."C",
    happened_on date,
    seen boolean,
    reason text COLLATE pg_catalog."C",
    CONSTRAINT content_present CHECK (((standing = 'erased'::text) OR ((digest IS NOT NULL) AND (cin_visit_id IS NOT NULL) AND (child_id IS NOT NULL) AND (happened_on IS NOT NULL)))),
    CONSTRAINT standing_known CHECK ((standing = ANY (ARRAY['reported'::text, 'no longer reported'::text, 'erased'::text])))
);

CREATE TABLE record.erasure (
    erasure_id bigint NOT NULL,
    act_id bigint NOT NULL,
    table_name text NOT NULL COLLATE pg_catalog."C",
    row_key uuid NOT NULL,
    entries integer NOT NULL,
    reason text NOT NULL,
    signed_by text[] NOT NULL,
    erased_at timestamp with time zone NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT erasure_reason_check CHECK ((reason ~ '\S'::text)),
    CONSTRAINT erasure_signed_by_check CHECK (((cardinality(signed_by) = 2) AND (signed_by[1] <> signed_by[2])))
);

ALTER TABLE record.erasure ALTER COLUMN erasure_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME record.erasure_erasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE record.handle (
    kind text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    handle text DEFAULT rtrim(translate(encode(uuid_send(gen_random_uuid()), 'base64'::text), '+/'::text, 'xy'::text), '='::text) NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT handle_kind_check CHECK ((kind = ANY (ARRAY['child'::text, 'worker'::text, 'team'::text])))
);

CREATE TABLE record.handle_column (
    table_name text NOT NULL COLLATE pg_catalog."C",
    column_name text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE record.index_definition (
    index_name text NOT NULL COLLATE pg_catalog."C",
    table_name text NOT NULL COLLATE pg_catalog."C",
    definition text NOT NULL
);

CREATE TABLE record.involvements (
    entry_id bigint DEFAULT nextval('record.entry_id_seq'::regclass) NOT NULL,
    act_id bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    row_key uuid NOT NULL,
    digest uuid,
    standing text NOT NULL COLLATE pg_catalog."C",
    entered_at timestamp with time zone,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    involvement_id text COLLATE pg_catalog."C",
    role text COLLATE pg_catalog."C",
    from_on date,
    to_on date,
    child_id text COLLATE pg_catalog."C",
    CONSTRAINT content_present CHECK (((standing = 'erased'::text) OR ((digest IS NOT NULL) AND (involvement_id IS NOT NULL) AND (from_on IS NOT NULL) AND (child_id IS NOT NULL)))),
    CONSTRAINT standing_known CHECK ((standing = ANY (ARRAY['reported'::text, 'no longer reported'::text, 'erased'::text])))
);

CREATE TABLE record.person (
    entry_id bigint DEFAULT nextval('record.entry_id_seq'::regclass) NOT NULL,
    act_id bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    row_key uuid NOT NULL,
    digest uuid,
    standing text NOT NULL COLLATE pg_catalog."C",
    entered_at timestamp with time zone,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    child_id text COLLATE pg_catalog."C",
    forename text COLLATE pg_catalog."C",
    birth_on date,
    CONSTRAINT content_present CHECK (((standing = 'erased'::text) OR ((digest IS NOT NULL) AND (child_id IS NOT NULL)))),
    CONSTRAINT standing_known CHECK ((standing = ANY (ARRAY['reported'::text, 'no longer reported'::text, 'erased'::text])))
);

CREATE TABLE record.schema_step (
    step_id bigint NOT NULL,
    number integer,
    what text NOT NULL,
    shape text NOT NULL,
    applied_at timestamp with time zone DEFAULT transaction_timestamp() NOT NULL
);

ALTER TABLE record.schema_step ALTER COLUMN step_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME record.schema_step_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE record.set_aside (
    set_aside_id bigint NOT NULL,
    act_id bigint NOT NULL,
    file text NOT NULL,
    table_name text NOT NULL COLLATE pg_catalog."C",
    row_number bigint NOT NULL,
    column_name text NOT NULL,
    value text,
    reason text NOT NULL,
    remedy text NOT NULL,
    raw jsonb,
    row_key uuid,
    mended_by bigint
);

ALTER TABLE record.set_aside ALTER COLUMN set_aside_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME record.set_aside_set_aside_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

INSERT INTO record.act OVERRIDING SYSTEM VALUE VALUES (1, 'entry', 'Duty Worker', 'recording a visit', 'keyworker', '{cin_visits,involvements,person}', '2026-03-02 12:00:00+00', NULL, NULL, NULL, NULL, '[]', NULL, 1, '1604');
INSERT INTO record.act OVERRIDING SYSTEM VALUE VALUES (2, 'correction', 'Duty Worker', 'the visit was on another day', 'keyworker', '{cin_visits}', '2026-03-02 12:05:00+00', NULL, NULL, NULL, NULL, '[]', NULL, 8, '1605');
INSERT INTO record.act OVERRIDING SYSTEM VALUE VALUES (3, 'correction', 'Duty Worker', 'the visit was on another day', 'keyworker', '{cin_visits}', '2026-03-02 12:09:00+00', NULL, NULL, NULL, NULL, '[]', NULL, 10, '1606');
INSERT INTO record.act OVERRIDING SYSTEM VALUE VALUES (4, 'ending', 'Duty Worker', 'the work ended', 'keyworker', '{involvements}', '2026-03-02 12:12:00+00', NULL, NULL, NULL, NULL, '[]', NULL, 12, '1607');
INSERT INTO record.act OVERRIDING SYSTEM VALUE VALUES (5, 'erasure', 'Records Officer', 'a court ordered it', 'keyworker', '{cin_visits}', '2026-03-02 12:15:00+00', NULL, NULL, NULL, NULL, '[]', NULL, 14, '1608');
INSERT INTO record.act OVERRIDING SYSTEM VALUE VALUES (6, 'load', 'Performance Analyst', 'the weekly extract', 'ssd', '{cin_visits}', '2026-03-02 12:20:00+00', '2026-03-02 12:00:00+00', NULL, '2026-03-02 12:00:00+00', NULL, '[]', '{"cin_visits": {"read": 3, "added": 3, "ended": 0, "changed": 0, "set_aside": 0, "unchanged": 0}}', 15, '1610');
INSERT INTO record.act OVERRIDING SYSTEM VALUE VALUES (7, 'load', 'Performance Analyst', 'the weekly extract', 'ssd', '{cin_visits}', '2026-03-02 13:30:00+00', '2026-03-02 13:00:00+00', '2026-03-02 12:00:00+00', '2026-03-02 13:00:00+00', NULL, '[]', '{"cin_visits": {"read": 3, "added": 0, "ended": 1, "changed": 1, "set_aside": 1, "unchanged": 1}}', 19, '1612');

INSERT INTO record.cin_visits VALUES (3, 1, 'keyworker', '3593c6ee-923c-70d1-df65-de23eb3a562b', '73d74fc3-96c5-382b-d1b9-a055602cc200', 'reported', '2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00', NULL, 'VISIT-2', 'CHILD-2', '2026-02-03', NULL, NULL);
INSERT INTO record.cin_visits VALUES (2, 1, 'keyworker', 'd98a00e4-93d2-2f60-653a-421092117ff2', 'c5958f76-9e61-4cb9-ff78-a64951c36af2', 'reported', '2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00', '2026-03-02 12:05:00+00', 'VISIT-1', 'CHILD-1', '2026-02-03', NULL, 'Made-up reason');
INSERT INTO record.cin_visits VALUES (9, 2, 'keyworker', 'd98a00e4-93d2-2f60-653a-421092117ff2', '18006bf9-3de7-b1d0-0a92-e74ba1501dab', 'reported', '2026-03-02 12:00:00+00', '2026-03-02 12:05:00+00', '2026-03-02 12:09:00+00', 'VISIT-1', 'CHILD-1', '2026-02-03', true, 'Made-up reason');
INSERT INTO record.cin_visits VALUES (11, 3, 'keyworker', 'd98a00e4-93d2-2f60-653a-421092117ff2', '70a81089-01c2-d389-fcaf-ae4aade58f4b', 'reported', '2026-03-02 12:00:00+00', '2026-03-02 12:09:00+00', NULL, 'VISIT-1', 'CHILD-1', '2026-02-09', true, 'Made-up reason');
INSERT INTO record.cin_visits VALUES (4, 1, 'keyworker', 'c50b1288-566a-a1af-39ae-279a55e538d6', NULL, 'erased', NULL, '2026-03-02 12:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO record.cin_visits VALUES (17, 6, 'ssd', '435942f5-6d2c-7220-cbf2-b60d18b456f2', 'c5ec5500-808b-c032-e16f-4cd77ce25070', 'reported', NULL, '2026-03-02 12:20:00+00', NULL, 'VISIT-5', 'CHILD-5', '2026-02-03', NULL, NULL);
INSERT INTO record.cin_visits VALUES (18, 6, 'ssd', 'ba987601-2ee7-9527-3bdf-25d820c0b254', 'a6ecd05f-1a08-9b83-0e49-a6eac095dcf0', 'reported', NULL, '2026-03-02 12:20:00+00', '2026-03-02 13:30:00+00', 'VISIT-6', 'CHILD-6', '2026-02-03', NULL, NULL);
INSERT INTO record.cin_visits VALUES (20, 7, 'ssd', 'ba987601-2ee7-9527-3bdf-25d820c0b254', 'a6ecd05f-1a08-9b83-0e49-a6eac095dcf0', 'no longer reported', NULL, '2026-03-02 13:30:00+00', NULL, 'VISIT-6', 'CHILD-6', '2026-02-03', NULL, NULL);
INSERT INTO record.cin_visits VALUES (16, 6, 'ssd', '5400cbd8-8bb0-a981-9172-d5ffd3cf6929', '3a24600c-945c-c244-6ded-c5cc4a1db91a', 'reported', NULL, '2026-03-02 12:20:00+00', '2026-03-02 13:30:00+00', 'VISIT-4', 'CHILD-4', '2026-02-03', NULL, NULL);
INSERT INTO record.cin_visits VALUES (21, 7, 'ssd', '5400cbd8-8bb0-a981-9172-d5ffd3cf6929', '4d1fdcb6-b226-f410-703b-0cd10d5536d3', 'reported', NULL, '2026-03-02 13:30:00+00', NULL, 'VISIT-4', 'CHILD-4', '2026-02-03', false, NULL);

INSERT INTO record.erasure OVERRIDING SYSTEM VALUE VALUES (1, 5, 'cin_visits', 'c50b1288-566a-a1af-39ae-279a55e538d6', 1, 'a court ordered it', '{"Records Officer","Head of Service"}', '2026-03-02 12:15:00+00', '1608');

INSERT INTO record.handle VALUES ('child', 'CHILD-1', 'gtcZy24iQva0WaN1cWxGQQ');
INSERT INTO record.handle VALUES ('child', 'CHILD-2', 'qqPFMuoaQexyikoMQiEKhQ');
INSERT INTO record.handle VALUES ('child', 'CHILD-6', 'wkthq8M3Tx6kCau4KjCwEw');
INSERT INTO record.handle VALUES ('child', 'CHILD-4', 'zxm0sbFLTaWX8Opu4yo5tA');
INSERT INTO record.handle VALUES ('child', 'CHILD-5', 'vjLm22zMTqmfXoJbfNXEUw');

INSERT INTO record.handle_column VALUES ('cin_visits', 'child_id', 'child');
INSERT INTO record.handle_column VALUES ('involvements', 'child_id', 'child');
INSERT INTO record.handle_column VALUES ('person', 'child_id', 'child');

INSERT INTO record.index_definition VALUES ('cin_visits_current', 'cin_visits', 'create unique index cin_visits_current on record."cin_visits" (row_key) where superseded_at is null');
INSERT INTO record.index_definition VALUES ('cin_visits_superseded', 'cin_visits', 'create index cin_visits_superseded on record."cin_visits" (superseded_at) where superseded_at is not null');
INSERT INTO record.index_definition VALUES ('cin_visits_about', 'cin_visits', 'create index cin_visits_about on record."cin_visits" ("child_id", "happened_on")');
INSERT INTO record.index_definition VALUES ('involvements_current', 'involvements', 'create unique index involvements_current on record."involvements" (row_key) where superseded_at is null');
INSERT INTO record.index_definition VALUES ('involvements_superseded', 'involvements', 'create index involvements_superseded on record."involvements" (superseded_at) where superseded_at is not null');
INSERT INTO record.index_definition VALUES ('involvements_about', 'involvements', 'create index involvements_about on record."involvements" ("child_id")');
INSERT INTO record.index_definition VALUES ('involvements_running', 'involvements', 'create index involvements_running on record."involvements" (to_on) where superseded_at is null');
INSERT INTO record.index_definition VALUES ('person_current', 'person', 'create unique index person_current on record."person" (row_key) where superseded_at is null');
INSERT INTO record.index_definition VALUES ('person_superseded', 'person', 'create index person_superseded on record."person" (superseded_at) where superseded_at is not null');
INSERT INTO record.index_definition VALUES ('person_about', 'person', 'create index person_about on record."person" ("child_id")');

INSERT INTO record.involvements VALUES (6, 1, 'keyworker', 'bc480ea2-b693-9070-42b8-15bf7234bbec', '34a6af72-1dc8-f711-761b-1fc262a1d18b', 'reported', '2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00', NULL, 'INVOLVEMENT-2', NULL, '2026-01-05', NULL, 'CHILD-2');
INSERT INTO record.involvements VALUES (5, 1, 'keyworker', '9a7c7be1-7843-9387-5aae-2e587e09ed51', 'b13f9850-50b9-5abe-698e-735f28fad933', 'reported', '2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00', '2026-03-02 12:12:00+00', 'INVOLVEMENT-1', NULL, '2026-01-05', NULL, 'CHILD-1');
INSERT INTO record.involvements VALUES (13, 4, 'keyworker', '9a7c7be1-7843-9387-5aae-2e587e09ed51', '7a2f61ff-7f7b-ce69-c5d2-bf622504a67e', 'reported', '2026-03-02 12:00:00+00', '2026-03-02 12:12:00+00', NULL, 'INVOLVEMENT-1', NULL, '2026-01-05', '2026-02-01', 'CHILD-1');

INSERT INTO record.person VALUES (7, 1, 'keyworker', '6dea1914-5380-9065-c976-5faa60a8f137', '656f93d9-2da1-1e76-4979-6d5daf98d670', 'reported', '2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00', NULL, 'CHILD-1', 'Madeup', '2014-01-01');

INSERT INTO record.schema_step OVERRIDING SYSTEM VALUE VALUES (1, 1, 'The record is made.', '9fc238213cc0fdc10676aa2b39353431b38634f192b96828b19dbffd1962410e', '2026-11-24 03:06:58.990905+00');

INSERT INTO record.set_aside OVERRIDING SYSTEM VALUE VALUES (1, 7, 'made-up.csv', 'cin_visits', 9, 'happened_on', '31/02/2026', 'is not a real date', 'Use a real one.', '{"id": "VISIT-9"}', NULL, NULL);

SELECT pg_catalog.setval('record.access_log_log_id_seq', 1, false);

SELECT pg_catalog.setval('record.act_act_id_seq', 7, true);

SELECT pg_catalog.setval('record.entry_id_seq', 21, true);

SELECT pg_catalog.setval('record.erasure_erasure_id_seq', 1, true);

SELECT pg_catalog.setval('record.schema_step_step_id_seq', 1, true);

SELECT pg_catalog.setval('record.set_aside_set_aside_id_seq', 1, true);

ALTER TABLE ONLY record.access_log
    ADD CONSTRAINT access_log_pkey PRIMARY KEY (log_id);

ALTER TABLE ONLY record.act
    ADD CONSTRAINT act_pkey PRIMARY KEY (act_id);

ALTER TABLE ONLY record.act
    ADD CONSTRAINT act_recorded_at_key UNIQUE (recorded_at);

ALTER TABLE ONLY record.cin_visits
    ADD CONSTRAINT cin_visits_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY record.erasure
    ADD CONSTRAINT erasure_pkey PRIMARY KEY (erasure_id);

ALTER TABLE ONLY record.erasure
    ADD CONSTRAINT erasure_table_name_row_key_act_id_key UNIQUE (table_name, row_key, act_id);

ALTER TABLE ONLY record.handle_column
    ADD CONSTRAINT handle_column_pkey PRIMARY KEY (table_name, column_name);

ALTER TABLE ONLY record.handle
    ADD CONSTRAINT handle_handle_key UNIQUE (handle);

ALTER TABLE ONLY record.handle
    ADD CONSTRAINT handle_pkey PRIMARY KEY (kind, id);

ALTER TABLE ONLY record.index_definition
    ADD CONSTRAINT index_definition_pkey PRIMARY KEY (index_name);

ALTER TABLE ONLY record.involvements
    ADD CONSTRAINT involvements_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY record.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY record.schema_step
    ADD CONSTRAINT schema_step_number_key UNIQUE (number);

ALTER TABLE ONLY record.schema_step
    ADD CONSTRAINT schema_step_pkey PRIMARY KEY (step_id);

ALTER TABLE ONLY record.set_aside
    ADD CONSTRAINT set_aside_pkey PRIMARY KEY (set_aside_id);

CREATE INDEX access_log_by_account ON record.access_log USING btree (account, at);

CREATE INDEX access_log_by_handle ON record.access_log USING gin (handles);

CREATE INDEX access_log_by_time ON record.access_log USING btree (at);

CREATE INDEX act_by_source ON record.act USING btree (source, act_id);

CREATE INDEX cin_visits_about ON record.cin_visits USING btree (child_id, happened_on);

CREATE UNIQUE INDEX cin_visits_current ON record.cin_visits USING btree (row_key) WHERE (superseded_at IS NULL);

CREATE INDEX cin_visits_superseded ON record.cin_visits USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX involvements_about ON record.involvements USING btree (child_id);

CREATE UNIQUE INDEX involvements_current ON record.involvements USING btree (row_key) WHERE (superseded_at IS NULL);

CREATE INDEX involvements_running ON record.involvements USING btree (to_on) WHERE (superseded_at IS NULL);

CREATE INDEX involvements_superseded ON record.involvements USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX person_about ON record.person USING btree (child_id);

CREATE UNIQUE INDEX person_current ON record.person USING btree (row_key) WHERE (superseded_at IS NULL);

CREATE INDEX person_superseded ON record.person USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX set_aside_by_act ON record.set_aside USING btree (act_id);

CREATE TRIGGER access_log_only_grows BEFORE DELETE OR UPDATE OR TRUNCATE ON record.access_log FOR EACH STATEMENT EXECUTE FUNCTION record.refuse();

CREATE CONSTRAINT TRIGGER act_closes AFTER INSERT ON record.act DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION record.close_act();

CREATE TRIGGER act_only_grows BEFORE DELETE OR UPDATE OR TRUNCATE ON record.act FOR EACH STATEMENT EXECUTE FUNCTION record.refuse();

CREATE TRIGGER act_opens BEFORE INSERT ON record.act FOR EACH ROW EXECUTE FUNCTION record.open_act();

CREATE TRIGGER cin_visits_only_grows BEFORE DELETE OR TRUNCATE ON record.cin_visits FOR EACH STATEMENT EXECUTE FUNCTION record.refuse();

CREATE TRIGGER cin_visits_superseded_now AFTER UPDATE ON record.cin_visits REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION record.guard_superseding();

CREATE TRIGGER cin_visits_unchanged BEFORE UPDATE ON record.cin_visits FOR EACH ROW WHEN (((old.superseded_at IS NOT NULL) OR (new.superseded_at IS NULL) OR (((((((((((((old.entry_id IS DISTINCT FROM new.entry_id) OR (old.act_id IS DISTINCT FROM new.act_id)) OR (old.source IS DISTINCT FROM new.source)) OR (old.row_key IS DISTINCT FROM new.row_key)) OR (old.digest IS DISTINCT FROM new.digest)) OR (old.standing IS DISTINCT FROM new.standing)) OR (old.entered_at IS DISTINCT FROM new.entered_at)) OR (old.recorded_at IS DISTINCT FROM new.recorded_at)) OR (old.cin_visit_id IS DISTINCT FROM new.cin_visit_id)) OR (old.child_id IS DISTINCT FROM new.child_id)) OR (old.happened_on IS DISTINCT FROM new.happened_on)) OR (old.seen IS DISTINCT FROM new.seen)) OR (old.reason IS DISTINCT FROM new.reason)))) EXECUTE FUNCTION record.guard_change();

CREATE TRIGGER cin_visits_within_act BEFORE INSERT OR UPDATE ON record.cin_visits FOR EACH STATEMENT EXECUTE FUNCTION record.guard_write();

CREATE TRIGGER erasure_only_grows BEFORE DELETE OR UPDATE OR TRUNCATE ON record.erasure FOR EACH STATEMENT EXECUTE FUNCTION record.refuse();

CREATE TRIGGER handle_erased BEFORE DELETE ON record.handle FOR EACH ROW EXECUTE FUNCTION record.guard_handle();

CREATE TRIGGER handle_only_grows BEFORE UPDATE OR TRUNCATE ON record.handle FOR EACH STATEMENT EXECUTE FUNCTION record.refuse();

CREATE TRIGGER involvements_only_grows BEFORE DELETE OR TRUNCATE ON record.involvements FOR EACH STATEMENT EXECUTE FUNCTION record.refuse();

CREATE TRIGGER involvements_superseded_now AFTER UPDATE ON record.involvements REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION record.guard_superseding();

CREATE TRIGGER involvements_unchanged BEFORE UPDATE ON record.involvements FOR EACH ROW WHEN (((old.superseded_at IS NOT NULL) OR (new.superseded_at IS NULL) OR (((((((((((((old.entry_id IS DISTINCT FROM new.entry_id) OR (old.act_id IS DISTINCT FROM new.act_id)) OR (old.source IS DISTINCT FROM new.source)) OR (old.row_key IS DISTINCT FROM new.row_key)) OR (old.digest IS DISTINCT FROM new.digest)) OR (old.standing IS DISTINCT FROM new.standing)) OR (old.entered_at IS DISTINCT FROM new.entered_at)) OR (old.recorded_at IS DISTINCT FROM new.recorded_at)) OR (old.involvement_id IS DISTINCT FROM new.involvement_id)) OR (old.role IS DISTINCT FROM new.role)) OR (old.from_on IS DISTINCT FROM new.from_on)) OR (old.to_on IS DISTINCT FROM new.to_on)) OR (old.child_id IS DISTINCT FROM new.child_id)))) EXECUTE FUNCTION record.guard_change();

CREATE TRIGGER involvements_within_act BEFORE INSERT OR UPDATE ON record.involvements FOR EACH STATEMENT EXECUTE FUNCTION record.guard_write();

CREATE TRIGGER person_only_grows BEFORE DELETE OR TRUNCATE ON record.person FOR EACH STATEMENT EXECUTE FUNCTION record.refuse();

CREATE TRIGGER person_superseded_now AFTER UPDATE ON record.person REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION record.guard_superseding();

CREATE TRIGGER person_unchanged BEFORE UPDATE ON record.person FOR EACH ROW WHEN (((old.superseded_at IS NOT NULL) OR (new.superseded_at IS NULL) OR (((((((((((old.entry_id IS DISTINCT FROM new.entry_id) OR (old.act_id IS DISTINCT FROM new.act_id)) OR (old.source IS DISTINCT FROM new.source)) OR (old.row_key IS DISTINCT FROM new.row_key)) OR (old.digest IS DISTINCT FROM new.digest)) OR (old.standing IS DISTINCT FROM new.standing)) OR (old.entered_at IS DISTINCT FROM new.entered_at)) OR (old.recorded_at IS DISTINCT FROM new.recorded_at)) OR (old.child_id IS DISTINCT FROM new.child_id)) OR (old.forename IS DISTINCT FROM new.forename)) OR (old.birth_on IS DISTINCT FROM new.birth_on)))) EXECUTE FUNCTION record.guard_change();

CREATE TRIGGER person_within_act BEFORE INSERT OR UPDATE ON record.person FOR EACH STATEMENT EXECUTE FUNCTION record.guard_write();

CREATE TRIGGER schema_step_only_grows BEFORE DELETE OR UPDATE OR TRUNCATE ON record.schema_step FOR EACH STATEMENT EXECUTE FUNCTION record.refuse();

CREATE TRIGGER set_aside_only_grows BEFORE DELETE OR TRUNCATE ON record.set_aside FOR EACH STATEMENT EXECUTE FUNCTION record.refuse();

CREATE TRIGGER set_aside_unchanged BEFORE UPDATE ON record.set_aside FOR EACH ROW WHEN (((old.mended_by IS NOT NULL) OR (new.mended_by IS NULL) OR (((((((((((old.set_aside_id IS DISTINCT FROM new.set_aside_id) OR (old.act_id IS DISTINCT FROM new.act_id)) OR (old.file IS DISTINCT FROM new.file)) OR (old.table_name IS DISTINCT FROM new.table_name)) OR (old.row_number IS DISTINCT FROM new.row_number)) OR (old.column_name IS DISTINCT FROM new.column_name)) OR (old.value IS DISTINCT FROM new.value)) OR (old.reason IS DISTINCT FROM new.reason)) OR (old.remedy IS DISTINCT FROM new.remedy)) OR (old.raw IS DISTINCT FROM new.raw)) OR (old.row_key IS DISTINCT FROM new.row_key)))) EXECUTE FUNCTION record.guard_set_aside();

ALTER TABLE ONLY record.erasure
    ADD CONSTRAINT erasure_act_id_fkey FOREIGN KEY (act_id) REFERENCES record.act(act_id);

ALTER TABLE ONLY record.set_aside
    ADD CONSTRAINT set_aside_act_id_fkey FOREIGN KEY (act_id) REFERENCES record.act(act_id);

ALTER TABLE ONLY record.set_aside
    ADD CONSTRAINT set_aside_mended_by_fkey FOREIGN KEY (mended_by) REFERENCES record.act(act_id);

GRANT USAGE ON SCHEMA record TO keyworker_application;
GRANT USAGE ON SCHEMA record TO keyworker_loader;
GRANT USAGE ON SCHEMA record TO keyworker_snapshot;

GRANT ALL ON SCHEMA stage TO keyworker_loader;

REVOKE ALL ON FUNCTION record."analyse"(in_table text) FROM PUBLIC;
GRANT ALL ON FUNCTION record."analyse"(in_table text) TO keyworker_loader;

REVOKE ALL ON FUNCTION record.build_indexes(in_table text) FROM PUBLIC;
GRANT ALL ON FUNCTION record.build_indexes(in_table text) TO keyworker_loader;

REVOKE ALL ON FUNCTION record.close_act() FROM PUBLIC;

REVOKE ALL ON FUNCTION record.erase(of_act bigint, in_table text, entries bigint[], lawful_reason text, signatures text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION record.erase(of_act bigint, in_table text, entries bigint[], lawful_reason text, signatures text[]) TO keyworker_application;

REVOKE ALL ON FUNCTION record.guard_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION record.guard_handle() FROM PUBLIC;

REVOKE ALL ON FUNCTION record.guard_set_aside() FROM PUBLIC;

REVOKE ALL ON FUNCTION record.guard_superseding() FROM PUBLIC;

REVOKE ALL ON FUNCTION record.guard_write() FROM PUBLIC;

REVOKE ALL ON FUNCTION record.open_act() FROM PUBLIC;

GRANT SELECT ON TABLE record.act TO keyworker_application;
GRANT SELECT ON TABLE record.act TO keyworker_loader;
GRANT SELECT ON TABLE record.act TO keyworker_snapshot;

GRANT INSERT(kind) ON TABLE record.act TO keyworker_application;
GRANT INSERT(kind) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(author) ON TABLE record.act TO keyworker_application;
GRANT INSERT(author) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(purpose) ON TABLE record.act TO keyworker_application;
GRANT INSERT(purpose) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(source) ON TABLE record.act TO keyworker_application;
GRANT INSERT(source) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(tables) ON TABLE record.act TO keyworker_application;
GRANT INSERT(tables) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(recorded_at) ON TABLE record.act TO keyworker_application;
GRANT INSERT(recorded_at) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(cut_at) ON TABLE record.act TO keyworker_application;
GRANT INSERT(cut_at) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(known_after) ON TABLE record.act TO keyworker_application;
GRANT INSERT(known_after) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(known_by) ON TABLE record.act TO keyworker_application;
GRANT INSERT(known_by) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(scope) ON TABLE record.act TO keyworker_application;
GRANT INSERT(scope) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(notes) ON TABLE record.act TO keyworker_application;
GRANT INSERT(notes) ON TABLE record.act TO keyworker_loader;

GRANT INSERT(counts) ON TABLE record.act TO keyworker_application;
GRANT INSERT(counts) ON TABLE record.act TO keyworker_loader;

REVOKE ALL ON FUNCTION record.open_act_for(table_name text) FROM PUBLIC;

REVOKE ALL ON FUNCTION record.postpone_indexes(in_table text) FROM PUBLIC;
GRANT ALL ON FUNCTION record.postpone_indexes(in_table text) TO keyworker_loader;

REVOKE ALL ON FUNCTION record.refuse() FROM PUBLIC;

REVOKE ALL ON FUNCTION record.writer_lock() FROM PUBLIC;
GRANT ALL ON FUNCTION record.writer_lock() TO keyworker_application;
GRANT ALL ON FUNCTION record.writer_lock() TO keyworker_loader;

GRANT SELECT ON TABLE record.access_log TO keyworker_application;

GRANT INSERT(at) ON TABLE record.access_log TO keyworker_application;

GRANT INSERT(account) ON TABLE record.access_log TO keyworker_application;

GRANT INSERT(role) ON TABLE record.access_log TO keyworker_application;

GRANT INSERT(door) ON TABLE record.access_log TO keyworker_application;

GRANT INSERT(route) ON TABLE record.access_log TO keyworker_application;

GRANT INSERT(purpose) ON TABLE record.access_log TO keyworker_application;

GRANT INSERT(kind) ON TABLE record.access_log TO keyworker_application;

GRANT INSERT(handles) ON TABLE record.access_log TO keyworker_application;

GRANT INSERT(count) ON TABLE record.access_log TO keyworker_application;

GRANT USAGE ON SEQUENCE record.entry_id_seq TO keyworker_application;
GRANT USAGE ON SEQUENCE record.entry_id_seq TO keyworker_loader;

GRANT SELECT ON TABLE record.cin_visits TO keyworker_application;
GRANT SELECT ON TABLE record.cin_visits TO keyworker_loader;
GRANT SELECT ON TABLE record.cin_visits TO keyworker_snapshot;

GRANT INSERT(act_id) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(act_id) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(source) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(source) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(row_key) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(row_key) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(digest) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(digest) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(standing) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(standing) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(entered_at) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(entered_at) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(recorded_at) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(recorded_at) ON TABLE record.cin_visits TO keyworker_loader;

GRANT UPDATE(superseded_at) ON TABLE record.cin_visits TO keyworker_application;
GRANT UPDATE(superseded_at) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(cin_visit_id) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(cin_visit_id) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(child_id) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(child_id) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(happened_on) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(happened_on) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(seen) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(seen) ON TABLE record.cin_visits TO keyworker_loader;

GRANT INSERT(reason) ON TABLE record.cin_visits TO keyworker_application;
GRANT INSERT(reason) ON TABLE record.cin_visits TO keyworker_loader;

GRANT SELECT ON TABLE record.erasure TO keyworker_application;
GRANT SELECT ON TABLE record.erasure TO keyworker_loader;
GRANT SELECT ON TABLE record.erasure TO keyworker_snapshot;

GRANT SELECT ON TABLE record.handle TO keyworker_application;
GRANT SELECT ON TABLE record.handle TO keyworker_loader;

GRANT INSERT(kind) ON TABLE record.handle TO keyworker_application;
GRANT INSERT(kind) ON TABLE record.handle TO keyworker_loader;

GRANT INSERT(id) ON TABLE record.handle TO keyworker_application;
GRANT INSERT(id) ON TABLE record.handle TO keyworker_loader;

GRANT SELECT ON TABLE record.handle_column TO keyworker_application;
GRANT SELECT ON TABLE record.handle_column TO keyworker_loader;
GRANT SELECT ON TABLE record.handle_column TO keyworker_snapshot;

GRANT SELECT ON TABLE record.involvements TO keyworker_application;
GRANT SELECT ON TABLE record.involvements TO keyworker_loader;
GRANT SELECT ON TABLE record.involvements TO keyworker_snapshot;

GRANT INSERT(act_id) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(act_id) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(source) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(source) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(row_key) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(row_key) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(digest) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(digest) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(standing) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(standing) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(entered_at) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(entered_at) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(recorded_at) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(recorded_at) ON TABLE record.involvements TO keyworker_loader;

GRANT UPDATE(superseded_at) ON TABLE record.involvements TO keyworker_application;
GRANT UPDATE(superseded_at) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(involvement_id) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(involvement_id) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(role) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(role) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(from_on) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(from_on) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(to_on) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(to_on) ON TABLE record.involvements TO keyworker_loader;

GRANT INSERT(child_id) ON TABLE record.involvements TO keyworker_application;
GRANT INSERT(child_id) ON TABLE record.involvements TO keyworker_loader;

GRANT SELECT ON TABLE record.person TO keyworker_application;
GRANT SELECT ON TABLE record.person TO keyworker_loader;
GRANT SELECT ON TABLE record.person TO keyworker_snapshot;

GRANT INSERT(act_id) ON TABLE record.person TO keyworker_application;
GRANT INSERT(act_id) ON TABLE record.person TO keyworker_loader;

GRANT INSERT(source) ON TABLE record.person TO keyworker_application;
GRANT INSERT(source) ON TABLE record.person TO keyworker_loader;

GRANT INSERT(row_key) ON TABLE record.person TO keyworker_application;
GRANT INSERT(row_key) ON TABLE record.person TO keyworker_loader;

GRANT INSERT(digest) ON TABLE record.person TO keyworker_application;
GRANT INSERT(digest) ON TABLE record.person TO keyworker_loader;

GRANT INSERT(standing) ON TABLE record.person TO keyworker_application;
GRANT INSERT(standing) ON TABLE record.person TO keyworker_loader;

GRANT INSERT(entered_at) ON TABLE record.person TO keyworker_application;
GRANT INSERT(entered_at) ON TABLE record.person TO keyworker_loader;

GRANT INSERT(recorded_at) ON TABLE record.person TO keyworker_application;
GRANT INSERT(recorded_at) ON TABLE record.person TO keyworker_loader;

GRANT UPDATE(superseded_at) ON TABLE record.person TO keyworker_application;
GRANT UPDATE(superseded_at) ON TABLE record.person TO keyworker_loader;

GRANT INSERT(child_id) ON TABLE record.person TO keyworker_application;
GRANT INSERT(child_id) ON TABLE record.person TO keyworker_loader;

GRANT INSERT(forename) ON TABLE record.person TO keyworker_application;
GRANT INSERT(forename) ON TABLE record.person TO keyworker_loader;

GRANT INSERT(birth_on) ON TABLE record.person TO keyworker_application;
GRANT INSERT(birth_on) ON TABLE record.person TO keyworker_loader;

GRANT SELECT ON TABLE record.schema_step TO keyworker_application;
GRANT SELECT ON TABLE record.schema_step TO keyworker_loader;
GRANT SELECT ON TABLE record.schema_step TO keyworker_snapshot;

GRANT SELECT ON TABLE record.set_aside TO keyworker_application;
GRANT SELECT ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(act_id) ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(file) ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(table_name) ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(row_number) ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(column_name) ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(value) ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(reason) ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(remedy) ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(raw) ON TABLE record.set_aside TO keyworker_loader;

GRANT INSERT(row_key) ON TABLE record.set_aside TO keyworker_loader;

GRANT UPDATE(mended_by) ON TABLE record.set_aside TO keyworker_loader;
