-- Each visit at which a child was seen, until the next one.
select child_id, happened_on as from_on,
    lead(happened_on) over (partition by child_id order by happened_on) as to_on
from {visit} v
where outcome in ('seen', 'seen alone')
