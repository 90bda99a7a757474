-- group: sex
-- title: Sex
-- says: The child's sex as the source holds it.
-- of: child
-- claims: yes
-- sensitive: yes
select child_id as key, case when lower(trim(sex)) in ('m', 'male', '1') then 'male'
        when lower(trim(sex)) in ('f', 'female', '2') then 'female' else 'unknown' end as value,
    1 as rank, date '0001-01-01' as since_on, entry_id as order_id, date '0001-01-01' as from_on,
    cast(null as date) as to_on
from {person} p where sex is not null
