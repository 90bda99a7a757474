-- measure: looked-after-uasc
-- title: Unaccompanied asylum-seeking children
-- says: Of the children looked after at the end of the day, the share who were unaccompanied and asked for asylum.
-- numerator: Those of them with that immigration status on the day
-- denominator: Children looked after at the end of the day
-- exclusions: Series of short breaks
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: neither
-- source: Children looked after in England including adoptions, official statistics (DfE)
-- edition: year ending 31 March 2025
-- catalogue: cla-uasc
-- needs: cla_episodes, immigration_status
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, ended_on as to_on from {in_care} s
union all
select 'numerator', child_id, child_id, from_on, to_on from {immigration_status} i
where position('unaccompanied' in lower(immigration_status)) > 0 or position('uasc' in lower(immigration_status)) > 0
