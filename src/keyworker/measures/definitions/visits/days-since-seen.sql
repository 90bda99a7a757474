-- measure: days-since-seen
-- title: Days since the child was last seen
-- says: How many days ago the open children had last been seen on a visit of any kind: mean, median, ninth in ten,
--   most.
-- numerator: Days since the last visit at which the child was seen, of each open child
-- denominator: none
-- exclusions: Children never seen on a visit that the record holds
-- period: on the day
-- looks_back: the day
-- unit: days
-- counts: days
-- belongs_to: child
-- within: child
-- better: lower
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A
-- edition: framework from 2018
-- catalogue: days-since-last-seen
-- needs: cin_episodes, cin_visits
-- small_numbers: children
-- unconfirmed: none
select 'value' as part, child_id as subject_id, child_id, from_on as since_on, from_on, to_on from {last_seen} s
union all
select 'within', child_id, child_id, from_on, from_on, to_on from {open_row} o
