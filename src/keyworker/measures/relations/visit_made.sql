-- Each visit that was made, the child seen or not, with a name of its own.
select source || ' ' || kind || ' ' || entry_id as visit, child_id, kind, happened_on, worker_id, source, entry_id
from {visit} v
where outcome in ('seen alone', 'seen', 'not seen')
