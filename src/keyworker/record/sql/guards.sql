-- The guards of the tables beside the described ones.

create or replace trigger act_opens before insert on record.act
    for each row execute function record.open_act();
create or replace trigger act_only_grows before delete or truncate on record.act
    for each statement execute function record.refuse();
create or replace trigger act_told_once before update on record.act
    for each row execute function record.guard_act();
drop trigger if exists act_closes on record.act;
create constraint trigger act_closes after insert on record.act deferrable initially deferred
    for each row execute function record.close_act();

create or replace trigger set_aside_unchanged before update on record.set_aside
    for each row when (
        old.mended_by is not null or new.mended_by is null
        or (old.set_aside_id, old.act_id, old.file, old.table_name, old.row_number, old.column_name,
            old.value, old.reason, old.remedy, old.raw, old.row_key)
        is distinct from (new.set_aside_id, new.act_id, new.file, new.table_name, new.row_number, new.column_name,
            new.value, new.reason, new.remedy, new.raw, new.row_key)
    ) execute function record.guard_set_aside();
create or replace trigger set_aside_only_grows before delete or truncate on record.set_aside
    for each statement execute function record.refuse();

create or replace trigger refused_load_only_grows before update or delete or truncate on record.refused_load
    for each statement execute function record.refuse();

create or replace trigger handle_only_grows before update or truncate on record.handle
    for each statement execute function record.refuse();
create or replace trigger handle_erased before delete on record.handle
    for each row execute function record.guard_handle();

create or replace trigger attached_only_grows before update or truncate on record.attached
    for each statement execute function record.refuse();
create or replace trigger attached_erased before delete on record.attached
    for each row execute function record.guard_attached();

create or replace trigger erasure_only_grows before update or delete or truncate on record.erasure
    for each statement execute function record.refuse();
drop trigger if exists erasure_forgets on record.erasure;
create constraint trigger erasure_forgets after insert on record.erasure deferrable initially deferred
    for each row execute function record.forget_kept();
create or replace trigger access_log_only_grows before update or delete or truncate on record.access_log
    for each statement execute function record.refuse();
create or replace trigger schema_step_only_grows before update or delete or truncate on record.schema_step
    for each statement execute function record.refuse();
