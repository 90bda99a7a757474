-- measure: agencies-came
-- title: Agencies that came to meetings about children
-- says: Of the invitations to other agencies to meetings about children held in the 12 months that end with the day, the
--   share at which the agency came.
-- numerator: Those of them at which the agency came
-- denominator: Invitations of another agency to a meeting about a child that was held in the 12 months
-- exclusions: Meetings that did not go ahead; children's social care, who call them
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Keyworker; no national measure
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: meeting
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, i.meeting_id || ' ' || i.agency as subject_id, i.child_id, i.happened_on as from_on,
    y.until as to_on
from {meeting_invitation} i
join {meeting} m on m.meeting_id = i.meeting_id and m.child_id = i.child_id
join {past 12 months} y on y.day = i.happened_on
where m.held and not coalesce(m.withdrawn, false)
    and i.agency <> 'children''s social care'
union all
select 'numerator', i.meeting_id || ' ' || i.agency, i.child_id, i.happened_on, y.until
from {meeting_invitation} i
join {meeting} m on m.meeting_id = i.meeting_id and m.child_id = i.child_id
join {past 12 months} y on y.day = i.happened_on
where m.held and not coalesce(m.withdrawn, false)
    and i.agency <> 'children''s social care'
    and i.attended = 'came'
