-- Days on which an open child had neither a lead nor an accountable worker. A hold that ends with the day lasts all of it.
-- unbroken by child_id
select child_id, from_on, to_on from {open_period} o
-- but not
select child_id, from_on, case when to_on <= %(at)s then to_on end as to_on
from {holding} h where role in ('accountable', 'lead')
