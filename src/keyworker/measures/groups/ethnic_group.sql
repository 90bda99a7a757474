-- group: ethnic group
-- title: Ethnic group
-- says: The child's ethnic group in the five main groups of the published tables; a refusal is told apart from what nobody
--   has asked yet.
-- of: child
-- claims: yes
-- sensitive: yes
select child_id as key, value, 1 as rank, date '0001-01-01' as since_on, entry_id as order_id,
    date '0001-01-01' as from_on, cast(null as date) as to_on
from (
    select p.child_id, p.entry_id, case
        when upper(trim(p.ethnicity)) in ('WBRI', 'WIRI', 'WIRT', 'WOTH', 'WROM') then 'White'
        when upper(trim(p.ethnicity)) in ('MWBC', 'MWBA', 'MWAS', 'MOTH') then 'Mixed'
        when upper(trim(p.ethnicity)) in ('AIND', 'APKN', 'ABAN', 'AOTH', 'CHNE') then 'Asian or Asian British'
        when upper(trim(p.ethnicity)) in ('BCRB', 'BAFR', 'BOTH') then 'Black or Black British'
        when upper(trim(p.ethnicity)) = 'OOTH' then 'Other ethnic group'
        when upper(trim(p.ethnicity)) = 'REFU' then 'refused'
        when upper(trim(p.ethnicity)) = 'NOBT' then 'not yet obtained' end as value
    from {person} p
) e where value is not null
