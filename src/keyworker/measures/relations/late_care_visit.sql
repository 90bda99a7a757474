-- The days on which a visit to a looked after child was overdue under whatever rule spoke for the placement.
-- By the published limits: nobody here can set or agree a later one.
select r.child_id, r.due_on + 1 as from_on, coalesce(r.met_on, r.stopped_on + 1) as to_on
from {readings published lac-visit-first-1w, lac-visit-year1-6w, lac-visit-permanent-3m, lac-visit-other-6w, lac-visit-longterm-foster-6m, lac-visit-reg19-weekly, lac-visit-reg19-6w, lac-visit-reg24-weekly, lac-visit-reg24-4w, lac-visit-care-order-parent-1w, lac-visit-care-order-parent-6w, lac-visit-other-arrangements-1w} r
where coalesce(r.met_in_time, 'no') <> 'yes'
