-- Each person in each post, while their time in it lies at least in part in the 12 months that end with a day. Rows that
-- touch or overlap are one person once.
-- unbroken by post_id, worker_id
select a.post_id, a.worker_id, a.from_on, y.until as to_on
from {appointment} a left join {past 12 months} y on y.day = a.to_on - 1
where a.post_id is not null and (a.to_on is null or a.to_on > a.from_on)
