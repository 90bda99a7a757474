-- measure: agencies-came-by-agency
-- title: Meetings about children to which agencies came, by agency
-- says: The invitations to meetings about children held in the 12 months that end with the day at which the agency came, by
--   agency. Read it beside the invitations.
-- numerator: Invitations at which the agency came, by agency
-- denominator: none
-- exclusions: Meetings that did not go ahead
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: invitations
-- counts: distinct
-- bands: yes
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Keyworker; no national measure
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: meeting
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, i.meeting_id || ' ' || i.agency as subject_id, i.child_id, i.happened_on as from_on, y.until as to_on,
    i.agency as band
from {meeting_invitation} i
join {meeting} m on m.meeting_id = i.meeting_id and m.child_id = i.child_id
join {past 12 months} y on y.day = i.happened_on
where m.held and not coalesce(m.withdrawn, false)
    and i.attended = 'came'
