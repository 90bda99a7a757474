-- measure: contacts
-- title: Contacts received
-- says: How many contacts reached the front door in the calendar month of the day, up to and with it.
-- numerator: Contacts received in the month
-- denominator: none
-- exclusions: none
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: contacts
-- counts: distinct
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A list 1
-- edition: framework from 2018
-- catalogue: contact-volume
-- needs: contacts
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, c.contact_id as subject_id, c.child_id, c.happened_on as from_on, m.until as to_on
from {contacts} c
join {calendar_month} m on m.day = c.happened_on
