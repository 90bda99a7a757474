-- Each questionnaire with a score, until the child's next one and for 12 months at most; of two of one day that with the
-- later number speaks. Some sources write a reason where the score should be: that is no score.
select q.child_id, q.score, q.happened_on as from_on, least(coalesce(q.next_on, y.until), y.until) as to_on
from (
    select s.child_id, s.happened_on, cast(trim(s.score) as integer) as score,
        lead(s.happened_on) over (partition by s.child_id order by s.happened_on, s.sdq_score_id nulls last, s.entry_id) as next_on
    from (
        select child_id, happened_on, sdq_score_id, entry_id, case when translate(trim(score), '0123456789', '') = ''
            and length(trim(score)) between 1 and 2 then score end as score
        from {sdq_scores} d
    ) s
    where s.score is not null and s.happened_on is not null
) q
join {past 12 months} y on y.day = q.happened_on
where q.score <= 40
