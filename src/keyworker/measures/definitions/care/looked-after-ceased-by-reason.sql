-- measure: looked-after-ceased-by-reason
-- title: How children ceased to be looked after
-- says: Of the children who ceased to be looked after in the 12 months that end with the day, the share who left each
--   way: by adoption, a special guardianship order, a child arrangements order and others. Ask at 31 March for the
--   published year.
-- numerator: Those of them whose last time in care of the 12 months ended that way
-- denominator: Children who left care in the 12 months
-- exclusions: Series of short breaks
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 208 (adopted, codes E11 and E12) and
--   390
-- edition: 2025 release
-- catalogue: cla-adopted, cla-exit-sgo-cao
-- needs: cla_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, s.child_id as subject_id, s.child_id, s.ended_on as from_on, y.until as to_on,
    cast(null as varchar(200)) as band
from {in_care} s
join {past 12 months} y on y.day = s.ended_on
union all
select 'numerator', s.child_id, s.child_id, s.ended_on, least(coalesce(s.ended_again_on, y.until), y.until),
    case when s.why in ('E11', 'E12') then 'adopted'
        when s.why in ('E43', 'E44', 'E45', 'E46', 'E47', 'E48') then 'special guardianship order'
        when s.why = 'E41' then 'child arrangements order'
        when s.why in ('E4A', 'E4B', 'E13', 'E4') then 'home or to relatives'
        when s.why in ('E5', 'E6', 'E17') then 'independent living or staying with carers'
        when s.why is null then 'not recorded'
        else 'other' end
from {in_care} s
join {past 12 months} y on y.day = s.ended_on
