-- What somebody has begun to write on a page and not sent: their own, and no part of the record. It is sealed with a key
-- that the database does not hold, kept for so many days, and gone once it is sent. No other role reads it.

create schema if not exists begun;
create table if not exists begun.draft (
    draft_id text collate "C" primary key check (draft_id ~ '^[0-9a-f]{32}$'),
    account text not null check (account ~ '\S'),
    address text collate "C" not null check (length(address) between 1 and 300),
    tab text collate "C" not null check (length(tab) <= 64),
    sealed bytea not null check (octet_length(sealed) between 29 and 70000),
    key_name text collate "C" not null check (key_name ~ '\S'),
    saved_at timestamptz not null,
    until timestamptz not null
);
create index if not exists draft_by_account on begun.draft (account, address);
create index if not exists draft_by_end on begun.draft (until);

-- Whoever keeps something takes away what has ended, also of others: never before its time by this machine's clock.
create or replace function begun.forget_ended(asked timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as
'delete from begun.draft where until <= least(asked, statement_timestamp())';

-- A signed erasure takes away what anybody has begun about what is erased, and nothing else ever does. It names pages,
-- and with each those beneath it: one entry's number is never the beginning of another's.
drop function if exists begun.forget_about(text);
create or replace function begun.forget_about(pages text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
declare
    gone record;
    entries bigint[];
    ends text[] := '{}';
begin
    for gone in select table_name, row_key from record.erasure where txid = pg_current_xact_id() loop
        execute format('select array_agg(entry_id) from record.%I where row_key = $1', gone.table_name)
            into entries using gone.row_key;
        ends := ends || array(
            select said from unnest(entries) as one(entry) cross join lateral (
                values (format('/entries/%s/%s', gone.table_name, entry)), (format('/own-words/new?entry=%s', entry))
            ) as those(said)
        );
    end loop;
    if ends = '{}' then
        raise exception 'only an erasure takes away what others have begun' using errcode = 'restrict_violation';
    end if;
    pages := array(
        select page from unnest(pages) page
        where exists (select 1 from unnest(ends) as those(said) where right(page, length(said)) = said)
    );
    delete from begun.draft where exists (select 1 from unnest(pages) page where length(page) > 20
        and (address = page or starts_with(address, page || '/') or starts_with(address, page || '&')));
end $body$;

alter table begun.draft enable row level security;
drop policy if exists own on begun.draft;
create policy own on begun.draft to keyworker_application
    using (account = (select access.account())) with check (account = (select access.account()));

revoke all on schema begun from public;
revoke all on all tables in schema begun from public;
revoke all on all functions in schema begun from public;
grant usage on schema begun to keyworker_application;
grant select, insert, update, delete on begun.draft to keyworker_application;
grant execute on function begun.forget_ended(timestamptz) to keyworker_application;
grant execute on function begun.forget_about(text[]) to keyworker_application;
-- The planner keeps no sample of whose they are.
alter table begun.draft alter column account set statistics 0, alter column address set statistics 0;
