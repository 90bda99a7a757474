-- The days on which a child is of an age for the strengths and difficulties questionnaire, four to 16, where the birth date
-- is held.
select p.child_id, f.until as from_on, t.until as to_on
from {person} p
join {past 4 years} f on f.day = p.birth_on
join {past 17 years} t on t.day = p.birth_on
