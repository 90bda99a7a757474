-- group: age band
-- title: Age band
-- says: The child's age on the day, in the bands of the published tables, the unborn apart. Who was born on 29 February is
--   a year older on 1 March. Who was expected counts as unborn for 42 days after that day, in which a birth is to be
--   registered, and after them as not recorded. A snapshot holds no days of birth, so there it is not known.
-- of: child
-- claims: yes
-- sensitive: yes
select key, value, 1 as rank, date '0001-01-01' as since_on, order_id, from_on, to_on
from (
    select p.child_id as key, coalesce(b.band, '18 and over') as value, p.entry_id as order_id,
        coalesce(b.from_on, p.birth_on) as from_on, b.to_on
    from {person} p
    left join {bands 'under 1' past 1 years '1 to 4' past 5 years '5 to 9' past 10 years '10 to 15' past 16 years
        '16 to 17' past 18 years '18 and over'} b on b.day = p.birth_on
    where p.birth_on is not null
    union all
    select child_id, 'unborn', entry_id, date '0001-01-01', coalesce(birth_on, expected_birth_on + 43)
    from {person} p where birth_on is not null or expected_birth_on is not null
) bands
