-- Each day on which something that happened to a child is recorded: visits of every kind, also those that found nobody,
-- conferences, reviews, contacts and steps. What is only planned, and supervision, is not among them.
select child_id, happened_on from {visit} v
union all
select child_id, happened_on from {contacts} c where happened_on is not null
union all
select child_id, happened_on from {initial_cp_conference} i where happened_on is not null
union all
select child_id, happened_on from {cp_reviews} r where happened_on is not null
union all
select child_id, happened_on from {step} s where child_id is not null
