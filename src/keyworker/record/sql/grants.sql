-- What each role may do beside the described tables. PUBLIC may do nothing; the snapshot role sees no handle,
-- no row set aside and no access log; the service no row set aside, and of the access log not who; the door nothing.

revoke all on schema record, stage from public;
grant usage on schema record to keyworker_application, keyworker_loader, keyworker_snapshot, keyworker_service;
grant usage, create on schema stage to keyworker_loader;

revoke all on all tables in schema record from public;
revoke all on all functions in schema record from public;
grant usage on sequence record.entry_id_seq to keyworker_application, keyworker_loader;

grant select on record.act to keyworker_application, keyworker_loader, keyworker_snapshot, keyworker_service;
grant insert (kind, author, purpose, source, tables, recorded_at, cut_at, known_after, known_by, scope, notes, counts)
    on record.act to keyworker_application, keyworker_loader;
grant update (tables, notes, counts) on record.act to keyworker_loader;

grant select on record.set_aside to keyworker_application, keyworker_loader;
grant insert (act_id, file, table_name, row_number, column_name, value, reason, remedy, raw, row_key),
    update (mended_by) on record.set_aside to keyworker_loader;

grant select on record.refused_load to keyworker_application, keyworker_loader;
grant insert (at, outcome, author, purpose, file, place, reason, remedy) on record.refused_load to keyworker_loader;

grant select, insert (work_id, sealed, key_name, attached_at) on record.attached to keyworker_application;

-- Whoever reads for people gives handles by a function alone, to what they have just written.
revoke insert on record.handle from keyworker_application;
grant select, insert (kind, id) on record.handle to keyworker_loader;
grant select on record.handle to keyworker_application, keyworker_service;
grant execute on function record.give_handles(text) to keyworker_application, keyworker_loader;
grant select on record.handle_column, record.erasure, record.schema_step
    to keyworker_application, keyworker_loader, keyworker_snapshot, keyworker_service;

grant select, insert (at, account, role, warrant, door, route, purpose, kind, handles, count)
    on record.access_log to keyworker_application;

-- When, as what and what for somebody was looked at is told to whom it is about: never who looked.
grant select (at, role, warrant, door, route, handles) on record.access_log to keyworker_service;

grant execute on function record.writer_lock() to keyworker_application, keyworker_loader;
grant execute on function record.erase(bigint, text, bigint[], text, text[]) to keyworker_application;
grant execute on function record.analyse(text), record.postpone_indexes(text), record.build_indexes(text)
    to keyworker_loader;

-- Whoever may make temporary tables may make functions too: those who read for people may make neither.
do $body$ begin
    execute format(
        'revoke temporary on database %I from keyworker_application, keyworker_door, keyworker_service',
        current_database()
    );
end $body$;

-- The planner keeps no sample of these, from which its estimates would tell of rows that the asker does not see.
alter table record.set_aside alter column value set statistics 0, alter column raw set statistics 0;
alter table record.access_log alter column account set statistics 0, alter column purpose set statistics 0,
    alter column handles set statistics 0;
