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

-- At commit: what the act wrote carries its name, instant and source, and whatever it superseded it also replaced. What
-- people write one by one names no table into which nothing was written: that would make everybody read anew.
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
                select 1 where %7$L in (''entry'', ''correction'', ''ending'') and not exists (
                    select 1 from record.%1$I where entry_id > %2$s and entry_id < %3$s
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

-- Handles of what this act has written into a table. They are given by this alone, so that nobody learns by asking for
-- one whether an identifier is known.
create or replace function record.give_handles(in_table text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
declare
    act record.act := record.open_act_for(in_table);
    place record;
begin
    for place in select column_name, kind from record.handle_column where table_name = in_table loop
        execute format(
            'insert into record.handle (kind, id)
             select distinct %L, %I from record.%I where entry_id > $1 and act_id = $2 and %2$I is not null
             on conflict do nothing', place.kind, place.column_name, in_table
        ) using act.first_entry, act.act_id;
    end loop;
end $body$;

-- What was worked out from rows that were erased names whom they were about. It is made anew from what is left. It goes
-- as the erasure is committed: until then whoever erases is still known by it.
create or replace function record.forget_kept() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
    delete from kept.open_duty;
    delete from kept.open_duty_ground;
    delete from access.whereabouts;
    delete from access.whereabouts_ground;
    delete from kept.child_word;
    delete from kept.name_word;
    delete from kept.child_word_ground;
    return null;
end $body$;

-- Of some rows those that one person has asked to have erased, who is not whoever agrees under this sign-in or another,
-- and that nobody has answered yet: all that a row's number ever said, from whatever source, and why it was changed, which goes before it.
create or replace function record.asked_to_go(in_table text, keys uuid[], asker text) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $body$
declare
    open constant text := 'asked.superseded_at is null and asked.standing = ''reported'' and asked.answer is null
        and asked.asked_by = $2 and access.is_another($2)';
    number text := record.number_of(in_table);
    of_table text;
    gone uuid[] := '{}';
    found uuid[];
begin
    if in_table = 'changed_why' then
        for of_table, number in
            select distinct why.in_table, record.number_of(why.in_table) from record.changed_why why
            where why.row_key = any(keys) and record.number_of(why.in_table) is not null
        loop
            execute format(
                'select array_agg(distinct why.row_key) from record.changed_why why
                 join record.erasure_asked asked on asked.in_table = why.in_table
                 join record.%I said on said.entry_id = asked.entry and said.%I = why.row_number
                 where why.row_key = any($1) and why.in_table = %L and ', of_table, number, of_table
            ) || open into found using keys, asker;
            gone := gone || found;
        end loop;
    else
        execute format(
            'select array_agg(distinct one.row_key) from record.%1$I one
             join record.erasure_asked asked on asked.in_table = %1$L
             join record.%1$I said on said.entry_id = asked.entry and said.%2$I = one.%2$I
             where one.row_key = any($1) and ', in_table, coalesce(number, 'row_key')
        ) || open into gone using keys, asker;
    end if;
    return nullif(gone, '{}');
end $body$;

-- The one sanctioned erasure: every entry of these rows is emptied, for good, under two signatures: of whoever asked for
-- it and of whoever agrees, who is whoever has signed in.
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
    elsif access.opens(array['loads and mappings']) then
        execute format('select array_agg(distinct row_key) from record.%I where entry_id = any($1)', in_table)
            into keys using entries;
    end if;
    if not access.is_keeper() then
        if not access.opens(array['agreeing to an erasure']) or signatures[2] is distinct from access.account() then
            raise exception 'erasure refused: it is agreed to in one''s own name' using errcode = 'insufficient_privilege';
        end if;
        if keys is not null and record.asked_to_go(in_table, keys, signatures[1]) is null then
            raise exception 'erasure refused: nobody else asked for it' using errcode = 'insufficient_privilege';
        end if;
        keys := record.asked_to_go(in_table, keys, signatures[1]);
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
