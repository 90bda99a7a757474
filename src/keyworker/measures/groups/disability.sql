-- group: disability
-- title: Disability
-- says: Whether the child has any disability recorded; of a child of whom nothing is recorded it is not known.
-- of: child
-- claims: yes
-- sensitive: yes
select child_id as key, case when upper(trim(disability_code)) = 'NONE' then 'no disability' else 'disabled' end as value,
    case when upper(trim(disability_code)) = 'NONE' then 1 else 2 end as rank, date '0001-01-01' as since_on,
    entry_id as order_id, date '0001-01-01' as from_on, cast(null as date) as to_on
from {disability} d where disability_code is not null
