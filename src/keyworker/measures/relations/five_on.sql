-- The day on which each child is five, where the birth date is held.
select p.child_id, b.until as five_on from {person} p join {past 5 years} b on b.day = p.birth_on
