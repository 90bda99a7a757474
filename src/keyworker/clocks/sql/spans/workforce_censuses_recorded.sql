-- The days of which the record speaks of this return: from a year before the first one that it holds. What was sent
-- before anybody wrote it down here is not missing. Where none is held, the last year.
select '' as subject_id, coalesce({plus_months f.first_on -12}, cast(%(at)s as date) - 365) as from_on,
    cast(null as date) as to_on
from (
    select min(happened_on) as first_on from {step} s where kind = 'return submitted'
        and belongs_to = 'workforce_census'
) f
