-- measure: placements-by-kind
-- title: Where looked after children live
-- says: Of the children looked after at the end of the day, the share in each kind of placement: foster care, secure
--   or children's homes, independent or supported accommodation and others.
-- numerator: Those of them in a placement of the kind on the day
-- denominator: Children looked after at the end of the day
-- exclusions: Series of short breaks
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- better: neither
-- source: Children looked after in England including adoptions, official statistics (DfE)
-- edition: year ending 31 March 2025
-- catalogue: cla-placement-foster, cla-placement-residential, cla-supported-accommodation
-- needs: cla_episodes, cla_placement
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, ended_on as to_on, cast(null as varchar(200)) as band
from {in_care} s
union all
select 'numerator', m.child_id, m.child_id, m.from_on, m.to_on,
    case when upper(substr(trim(m.type), 1, 1)) = 'U' then 'foster care'
        when upper(substr(trim(m.type), 1, 2)) in ('K1', 'K2') then 'secure or children''s home'
        when upper(substr(trim(m.type), 1, 2)) in ('H5', 'P2') then 'independent or supported accommodation'
        when upper(substr(trim(m.type), 1, 1)) = 'A' then 'placed for adoption'
        when upper(substr(trim(m.type), 1, 2)) = 'P1' then 'with parents'
        when upper(substr(trim(m.type), 1, 1)) = 'T' then 'temporary move'
        when m.type is null then 'not recorded'
        else 'other' end
from {cla_placement} m
