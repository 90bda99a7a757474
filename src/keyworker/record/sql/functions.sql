-- The guards of the record. Each runs as the owner with a search path of its own, so that nobody can put
-- a table or an operator of theirs in the way.

-- The one lock that every writer takes, from before its instant is chosen until it commits.
create or replace function record.writer_lock() returns bigint
language sql immutable parallel safe as 'select 7310579::bigint';

-- An act opens: one writer at a time from here to commit, and only then is the instant chosen.
create or replace function record.open_act() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
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
end $body$;

-- The act of this transaction, the last one if there are several.
create or replace function record.open_act_for(table_name text) returns record.act
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
declare
    act record.act;
begin
    select * into act from record.act order by act_id desc limit 1;
    if act.txid is distinct from pg_current_xact_id() or not table_name = any(act.tables) then
        raise exception 'record.% is written only within an act that names it', table_name
            using errcode = 'restrict_violation';
    end if;
    return act;
end $body$;

-- A load that reads while it writes tells at its end what it did: once, in its own transaction, and no table more.
create or replace function record.guard_act() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    if old.txid = pg_current_xact_id() and old.kind = 'load' and old.counts is null and new.counts is not null
        and new.tables <@ old.tables
        and to_jsonb(new) - array['tables', 'notes', 'counts'] = to_jsonb(old) - array['tables', 'notes', 'counts']
    then
        return new;
    end if;
    raise exception 'update refused: record.act only grows' using errcode = 'restrict_violation';
end $body$;

create or replace function record.guard_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    perform record.open_act_for(tg_table_name::text);
    return null;
end $body$;

create or replace function record.refuse() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    raise exception '% refused: record.% only grows', lower(tg_op), tg_table_name
        using errcode = 'restrict_violation', hint = 'Write a correction, an ending or a signed erasure instead.';
end $body$;

-- Called only for an update that is not a plain superseding: let a signed erasure through, refuse all else.
create or replace function record.guard_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
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
end $body$;

create or replace function record.guard_superseding() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
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
end $body$;

-- At commit: what the act wrote carries its name, instant and source, and whatever it superseded it also replaced.
-- The planner knows nothing of rows so new and would compare them pair by pair, hence no nested loops.
create or replace function record.close_act() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_nestloop = off as $body$
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
            ) or not record.has_number_index(%1$L)',
            written, new.first_entry, next_first, new.act_id, new.recorded_at, new.source, new.kind
        ) into wrong;
        if wrong then
            raise exception 'act refused: entries of record.% disagree with their act', written
                using errcode = 'restrict_violation';
        end if;
    end loop;
    return null;
end $body$;

-- A row set aside changes twice at most: when it is mended, and when it is erased.
create or replace function record.guard_set_aside() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    if exists (
        select 1 from record.erasure
        where table_name = new.table_name and row_key = new.row_key and txid = pg_current_xact_id()
    ) then
        return new;
    end if;
    raise exception 'update refused: a row set aside is mended once' using errcode = 'restrict_violation';
end $body$;

create or replace function record.guard_handle() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    if exists (select 1 from record.erasure where txid = pg_current_xact_id()) then
        return old;
    end if;
    raise exception 'delete refused: record.handle only grows' using errcode = 'restrict_violation';
end $body$;

create or replace function record.guard_attached() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    if exists (select 1 from record.erasure where table_name = 'direct_work' and txid = pg_current_xact_id()) then
        return old;
    end if;
    raise exception 'delete refused: record.attached only grows' using errcode = 'restrict_violation';
end $body$;

-- The one sanctioned erasure: every entry of these rows is emptied, for good, under two signatures.
create or replace function record.erase(
    of_act bigint, in_table text, entries bigint[], lawful_reason text, signatures text[]
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
declare
    act record.act := record.open_act_for(in_table);
    keys uuid[];
    emptied text;
    erased bigint;
    ids text[];
    is_asked boolean;
    named jsonb := '[]';
    held record;
    place record;
    still boolean;
begin
    if act.act_id <> of_act or act.kind <> 'erasure' then
        raise exception 'an erasure needs an act of its own kind' using errcode = 'restrict_violation';
    end if;
    -- Rows about a child of whom whoever asks does not see everything are to them no rows; so are those that name none,
    -- for whoever loads nothing.
    if exists (
        select 1 from pg_attribute
        where attrelid = format('record.%I', in_table)::regclass and attname = 'child_id' and not attisdropped
    ) then
        execute format(
            'select array_agg(row_key) from (
                select row_key from record.%1$I
                where row_key in (select row_key from record.%1$I where entry_id = any($1))
                group by row_key having access.sees_all_of(array_agg(child_id) filter (where child_id is not null))
            ) seen', in_table
        ) into keys using entries;
        -- Somebody else asked for it, and whoever agrees to it is the one who does it. What says why an entry was
        -- changed goes with the entry.
        execute format(
            'select exists (
                select 1 from record.erasure_asked a
                where a.superseded_at is null and a.standing = ''reported'' and a.answer is null
                    and a.asked_by = $2[1] and a.asked_by <> $2[2] and $2[2] = access.account()
                    and (a.in_table = %1$L or %1$L = ''changed_why'')
                    and a.child_id in (select child_id from record.%1$I where row_key = any($1))
            )', in_table
        ) into is_asked using keys, signatures;
        if keys is not null and not is_asked and not access.is_keeper() then
            raise exception 'erasure refused: nobody else asked for it' using errcode = 'insufficient_privilege';
        end if;
    elsif access.opens(array['loads and mappings']) then
        execute format('select array_agg(distinct row_key) from record.%I where entry_id = any($1)', in_table)
            into keys using entries;
    end if;
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

    -- What is attached to the rows goes with them, before it is forgotten whose it was.
    if in_table = 'direct_work' then
        delete from record.attached
            where work_id in (select work_id from record.direct_work where row_key = any(keys));
    end if;

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

    -- What was worked out from the rows names whom they were about. It is made anew from what is left.
    delete from kept.open_duty;
    delete from kept.open_duty_ground;
    delete from access.whereabouts;
    delete from access.whereabouts_ground;
    delete from kept.child_word;
    delete from kept.name_word;
    delete from kept.child_word_ground;

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
            delete from access.stand where kind = held.kind and id = held.id;
        end if;
    end loop;
    return erased;
end $body$;

-- A first load is more than twice as fast when the indexes of an empty table are built after its rows, the one on
-- entry_id too. Gives whether they were put off: not where the table holds rows, and not where somebody reads it just
-- now, for a load that waits for a reader, who then waits for the load, would never end.
create or replace function record.postpone_indexes(in_table text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '100ms' as $body$
declare
    held boolean;
    postponed text;
begin
    perform record.open_act_for(in_table);
    if not exists (select 1 from record.index_definition where table_name = in_table) then
        return false;
    end if;
    execute format('select exists (select 1 from record.%I)', in_table) into held;
    if held then
        return false;
    end if;
    begin
        execute format('lock table record.%I in access exclusive mode', in_table);
    exception when lock_not_available then
        return false;
    end;
    for postponed in select index_name from record.index_definition where table_name = in_table loop
        execute format('drop index record.%I', postponed);
    end loop;
    execute format('alter table record.%I drop constraint %I', in_table, in_table || '_pkey');
    return true;
end $body$;

create or replace function record.has_number_index(in_table text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $body$
    select exists (
        select 1 from pg_constraint
        where conrelid = to_regclass(format('record.%I', in_table)) and conname = in_table || '_pkey'
    )
$body$;

create or replace function record.build_indexes(in_table text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set maintenance_work_mem = '256MB' as $body$
declare
    wanted text;
begin
    for wanted in
        select definition from record.index_definition
        where table_name = in_table and to_regclass('record.' || index_name) is null
    loop
        if not record.has_number_index(in_table) then
            execute format(
                'alter table record.%I add constraint %I primary key (entry_id)', in_table, in_table || '_pkey'
            );
        end if;
        execute wanted;
    end loop;
end $body$;

-- Fresh statistics after a load; only a table's owner may gather them.
create or replace function record.analyse(in_table text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    execute format('analyze record.%I', in_table);
end $body$;
