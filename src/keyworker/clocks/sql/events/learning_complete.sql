-- The day on which a worker had recorded two pieces of learning in one registration year, one of them reflected on
-- with a peer. The year begins on 1 December.
-- Held in: step:learning recorded
select s.worker_id as subject_id, s.happened_on as day, cast(null as time) as at_time, s.entered_at, s.recorded_at,
    s.act_id, s.entry_id
from (
    select r.*, row_number() over (
        partition by worker_id, registration_year order by happened_on, entry_id) as pieces,
        sum(with_a_peer) over (
            partition by worker_id, registration_year order by happened_on, entry_id
            rows between unbounded preceding and current row) as peers,
        row_number() over (
            partition by worker_id, registration_year, with_a_peer order by happened_on, entry_id) as of_kind
    from (
        select t.*, case when lower(outcome) = 'with peer reflection' then 1 else 0 end as with_a_peer,
            extract(year from cast(happened_on + interval '1 month' as date)) as registration_year
        from {step} t
        where kind = 'learning recorded' and worker_id is not null
    ) r
) s
where (s.pieces = 2 and s.peers >= 1) or (s.pieces > 2 and s.with_a_peer = 1 and s.of_kind = 1)
