-- Each main worker of each child, while their time together lies at least in part in the 12 months that end with a day.
-- Stretches that touch or overlap so are one.
-- unbroken by child_id, worker_id
select m.child_id, m.worker_id, m.from_on, y.until as to_on
from {main_worker} m left join {past 12 months} y on y.day = m.to_on - 1
