-- Former relevant care leavers in the years in which they are 19, 20 and 21. Only the newest state of each is kept.
select c.child_id, upper(trim(c.in_touch)) as in_touch, upper(trim(c.accommodation)) as accommodation,
    lower(trim(c.accom_suitable)) as suitable, upper(trim(c.activity)) as activity, f.until as from_on, t.until as to_on
from {care_leavers} c
join {person} p on p.child_id = c.child_id
join {past 19 years} f on f.day = p.birth_on
join {past 22 years} t on t.day = p.birth_on
where position('former relevant' in lower(c.eligibility)) > 0 or lower(substr(trim(c.eligibility), 1, 2)) in ('b', 'b)')
