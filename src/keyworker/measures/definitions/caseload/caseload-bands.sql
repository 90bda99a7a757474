-- measure: caseload-bands
-- title: Caseload in groups of five
-- says: Of the case-holding social workers on the day, the share in each group of cases for each full-time
--   equivalent; both counted by the part of a whole week that each works.
-- numerator: Full-time equivalent of those in the group
-- denominator: Full-time equivalent of social workers in any role who held at least one case
-- exclusions: Workers without a case; workers whose hours are nought or not known; more than 50 cases for each
--   full-time equivalent, which is taken for an error
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: percent
-- counts: ratio
-- bands: yes
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce, official statistics (DfE), ad hoc release on attrition, caseload and
--   agency workforce
-- edition: 2020 and 2021
-- catalogue: sw-caseload-bands
-- needs: cin_episodes, involvements, appointment
-- small_numbers: workers
-- unconfirmed: none
select 'denominator' as part, worker_id as subject_id, worker_id, fte as weight, cast(null as varchar(200)) as band,
    from_on, to_on
from {social_worker_load} d
where cases > 0 and fte > 0 and cases <= 50 * fte
union all
select 'numerator', worker_id, worker_id, fte,
    case when cases < 5 * fte then '1 to under 5' when cases < 10 * fte then '5 to under 10'
        when cases < 15 * fte then '10 to under 15' when cases < 20 * fte then '15 to under 20'
        when cases < 25 * fte then '20 to under 25' when cases < 30 * fte then '25 to under 30'
        when cases < 35 * fte then '30 to under 35'
        when cases < 40 * fte then '35 to under 40' when cases < 45 * fte then '40 to under 45'
        else '45 to 50' end,
    from_on, to_on
from {social_worker_load} n
where cases > 0 and fte > 0 and cases <= 50 * fte
