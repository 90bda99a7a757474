-- measure: days-since-personal-supervision
-- title: Days since the last personal supervision
-- says: How many days each social worker who was there on the day had gone without supervision of their own. The
--   longest gap is what counts, not how many sessions there were.
-- numerator: Days since the last session that was held; for who has had none, since they began here; after an
--   absence of four weeks or longer, since they came back
-- denominator: none
-- exclusions: Workers who were away on the day; sessions that were cancelled; case supervision
-- period: on the day
-- looks_back: the day
-- unit: days
-- counts: days
-- belongs_to: worker
-- within: worker
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: appointment, personal_supervision
-- small_numbers: workers
-- unconfirmed: none
select 'value' as part, worker_id as subject_id, worker_id, happened_on as since_on, happened_on as from_on,
    cast(null as date) as to_on
from {personal_supervision} s
where lower(outcome) = 'held'
union all
select 'value', worker_id, worker_id, from_on, from_on, to_on from {worker_stay} t
union all
select 'value', a.worker_id, a.worker_id, a.to_on, a.to_on, cast(null as date)
from {absence} a
join {past 28 days} w on w.day = a.from_on
where a.to_on >= w.until
union all
select 'within', worker_id, worker_id, from_on, from_on, to_on from {social_worker_there} w
