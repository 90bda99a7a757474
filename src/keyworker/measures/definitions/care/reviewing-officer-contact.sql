-- measure: reviewing-officer-contact
-- title: Reviewing officer contact between reviews
-- says: Of the looked after children, the share whom the reviewing officer has seen or spoken with since the last
--   review.
-- numerator: Those of them with a contact on the day of the last review or after it
-- denominator: Looked after children on the day
-- exclusions: Series of short breaks; contacts before the newest, which are not kept: ask for the newest day
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A list 8
-- edition: framework from 2018
-- catalogue: cla-iro-contact
-- needs: cla_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on from {care_stay} s
union all
select 'numerator', c.child_id, c.child_id, c.contact_on, min(v.happened_on)
from (select distinct child_id, last_iro_contact_on as contact_on from {cla_episodes} e where last_iro_contact_on is not null) c
left join {care_review} v on v.child_id = c.child_id and v.happened_on > c.contact_on
group by c.child_id, c.contact_on
