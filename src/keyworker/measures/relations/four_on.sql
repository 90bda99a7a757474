-- The day on which each child is four, where the birth date is held: from then on the looked after return asks for views.
select p.child_id, b.until as four_on from {person} p join {past 4 years} b on b.day = p.birth_on
