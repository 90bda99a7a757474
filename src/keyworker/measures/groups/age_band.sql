-- group: age band
-- title: Age band
-- says: The child's age on the day, in the bands of the published tables, the unborn apart. Who was born on 29 February is
--   a year older on 1 March. A snapshot holds no days of birth, so there it is not known.
-- of: child
-- claims: yes
-- sensitive: yes
select key, value, 1 as rank, date '0001-01-01' as since_on, order_id, from_on, to_on
from (
    select child_id as key, 'unborn' as value, entry_id as order_id, date '0001-01-01' as from_on, birth_on as to_on
    from {person} p where birth_on is not null
    union all
    select p.child_id, 'under 1', p.entry_id, p.birth_on, a.until
    from {person} p join {past 1 years} a on a.day = p.birth_on
    union all
    select p.child_id, '1 to 4', p.entry_id, a.until, b.until
    from {person} p join {past 1 years} a on a.day = p.birth_on join {past 5 years} b on b.day = p.birth_on
    union all
    select p.child_id, '5 to 9', p.entry_id, a.until, b.until
    from {person} p join {past 5 years} a on a.day = p.birth_on join {past 10 years} b on b.day = p.birth_on
    union all
    select p.child_id, '10 to 15', p.entry_id, a.until, b.until
    from {person} p join {past 10 years} a on a.day = p.birth_on join {past 16 years} b on b.day = p.birth_on
    union all
    select p.child_id, '16 to 17', p.entry_id, a.until, b.until
    from {person} p join {past 16 years} a on a.day = p.birth_on join {past 18 years} b on b.day = p.birth_on
    union all
    select p.child_id, '18 and over', p.entry_id, coalesce(a.until, p.birth_on), cast(null as date)
    from {person} p left join {past 18 years} a on a.day = p.birth_on where p.birth_on is not null
    union all
    select p.child_id, 'unborn', p.entry_id, date '0001-01-01', cast(null as date)
    from {person} p where birth_on is null and expected_birth_on is not null
) bands
