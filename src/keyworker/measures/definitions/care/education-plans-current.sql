-- measure: education-plans-current
-- title: Personal education plans in time
-- says: Of the looked after children aged five to 15, the share whose personal education plan was begun or reviewed
--   in the school term of the day, up to and with the day. Ask on the last day of a term.
-- numerator: Those of them with a plan begun or reviewed in the term
-- denominator: Looked after children aged five to 15 at the end of the day, in term
-- exclusions: Days outside school terms; children whose birth date is not held, as on a snapshot; series of short
--   breaks
-- period: the school term of the day, as the council has set it, up to and with the day
-- looks_back: a school term
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Promoting the education of looked-after and previously looked-after children (DfE statutory guidance)
-- edition: February 2018
-- catalogue: pep-current
-- needs: cla_episodes, person, step, setting
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, s.child_id as subject_id, s.child_id, greatest(s.from_on, t.from_on, f.until) as from_on,
    least(coalesce(s.ended_on, l.until), coalesce(t.to_on, l.until), l.until) as to_on
from {in_care} s
join {person} p on p.child_id = s.child_id
join {past 5 years} f on f.day = p.birth_on
join {past 16 years} l on l.day = p.birth_on
join {setting} t on lower(t.name) = 'school term'
union all
select 'numerator', e.child_id, e.child_id, e.happened_on, t.to_on
from {step} e
join {setting} t on lower(t.name) = 'school term' and e.happened_on >= t.from_on and (t.to_on is null or e.happened_on < t.to_on)
where e.kind in ('education plan', 'education plan review')
