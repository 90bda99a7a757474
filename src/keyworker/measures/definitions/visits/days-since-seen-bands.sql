-- measure: days-since-seen-bands
-- title: Open children by days since they were last seen
-- says: Of the open children, the share last seen in each band of days before the day, on a visit of any kind.
-- numerator: Those of them in the band; "never" where the record holds no visit at which they were seen
-- denominator: Children open to the service on the day
-- exclusions: none
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- better: neither
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A; the bands are our own
-- edition: framework from 2018
-- catalogue: days-since-last-seen
-- needs: cin_episodes, cin_visits
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on, cast(null as varchar(200)) as band
from {open_row} o
union all
select 'numerator', s.child_id, s.child_id, s.from_on, least(coalesce(s.to_on, a.until), a.until), '0 to 28 days'
from {last_seen} s
join {within 28 days} a on a.day = s.from_on
union all
select 'numerator', s.child_id, s.child_id, a.until, least(coalesce(s.to_on, b.until), b.until), '29 to 42 days'
from {last_seen} s
join {within 28 days} a on a.day = s.from_on
join {within 42 days} b on b.day = s.from_on
union all
select 'numerator', s.child_id, s.child_id, b.until, least(coalesce(s.to_on, c.until), c.until), '43 to 84 days'
from {last_seen} s
join {within 42 days} b on b.day = s.from_on
join {within 84 days} c on c.day = s.from_on
union all
select 'numerator', s.child_id, s.child_id, c.until, s.to_on, '85 days or more'
from {last_seen} s
join {within 84 days} c on c.day = s.from_on
union all
select 'numerator', o.child_id, o.child_id, o.from_on, least(coalesce(o.to_on, f.first_on), coalesce(f.first_on, o.to_on)),
    'never'
from {open_row} o
left join (select child_id, min(from_on) as first_on from {last_seen} l group by child_id) f on f.child_id = o.child_id
