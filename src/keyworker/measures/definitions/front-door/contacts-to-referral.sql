-- measure: contacts-to-referral
-- title: Contacts that became referrals
-- says: Of the contacts of the calendar month of the day, the share after which a referral of the child began on the same
--   day or within one working day.
-- numerator: Those of them followed by a referral of the child by the end of the next working day
-- denominator: Contacts received in the month
-- exclusions: none
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A list 1
-- edition: framework from 2018
-- catalogue: contact-conversion
-- needs: contacts, cin_episodes
-- small_numbers: children
-- unconfirmed: Local definition. No source says how a contact is joined to a referral; here by child and one working day.
select 'denominator' as part, c.contact_id as subject_id, c.child_id, c.happened_on as from_on, m.until as to_on
from {contacts} c
join {calendar_month} m on m.day = c.happened_on
union all
select 'numerator', c.contact_id, c.child_id, r.from_on, m.until
from {contacts} c
join {calendar_month} m on m.day = c.happened_on
join {within 1 working days} w on w.day = c.happened_on
join {referral} r on r.child_id = c.child_id and r.from_on >= c.happened_on and r.from_on < w.until
