-- How many days after a visit it was entered, for visits in a period; empty where the source does not say.
select child_id, cast(entered_at at time zone 'Europe/London' as date) - happened_on as lag, count(*) as visits
from {visit} v
where happened_on >= %(since)s and happened_on < %(after)s and outcome in ('seen alone', 'seen', 'not seen')
group by child_id, cast(entered_at at time zone 'Europe/London' as date) - happened_on
