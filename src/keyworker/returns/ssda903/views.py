"""What several tables of the looked after return ask: who was looked after in the year, and who has a row at all."""

from __future__ import annotations

# $first and $last are the first and last days of the year; $ends is its name.
MACROS = """
create macro in_year(it) as it between $first and $last;
create macro by_end(it) as case when it <= $last then it end;
create macro sex_code(sex, gender) as case left(ltrim(upper(coalesce(sex, gender)), '0'), 1)
  when 'M' then '1' when '1' then '1' when 'F' then '2' when '2' then '2' end;
create macro missing_code(it) as case left(upper(it), 1) when 'M' then 'M' when 'A' then 'A' else it end;
create macro suitable_code(it) as case left(upper(it), 1) when '1' then '1' when 'S' then '1' when '2' then '2'
  when 'U' then '2' when 'N' then '2' end;
-- What is known of the year without a day says so in its id.
create macro of_year(happened_on, id) as in_year(happened_on)
  or (happened_on is null and id like '%/outcomes/' || $ends || '/%');
-- Yes where the record holds one of the year; no only where somebody keeps such rows at all.
create macro told(found, kept) as case when found then 1 when kept then 0 end;
"""

VIEWS = """
create view of_episode as
  select e.*, coalesce(e.care_period_id, e.episode_id) as period_id,
    coalesce(e.entered_care_on, min(e.from_on) over (partition by e.child_id, coalesce(e.care_period_id, e.episode_id)))
      as began_on
  from cla_episodes e;
create view looked_after as select distinct child_id from cla_episodes
  where from_on <= $last and (to_on is null or to_on > $first);
create view looked_after_all_year as select distinct child_id from of_episode
  where began_on <= $first and from_on <= $last and (to_on is null or to_on > $last);
create view placed_at as
  select e.episode_id, p.* from cla_episodes e join lateral (select * from cla_placement s
    where s.child_id = e.child_id and s.from_on <= e.from_on and (s.to_on is null or s.to_on > e.from_on)
    order by s.from_on desc, s.placement_id limit 1) p on true;
create view status_at as
  select e.episode_id, l.legal_status from cla_episodes e join lateral (select legal_status from legal_status s
    where s.child_id = e.child_id and s.from_on <= e.from_on and (s.to_on is null or s.to_on > e.from_on)
    order by s.from_on desc, s.legal_status_id limit 1) l on true;
create view seeks_asylum as
  select child_id, arg_max(by_end(to_on - 1), from_on) as ceased_on from immigration_status
  where (lower(immigration_status) like '%unaccompanied%' or lower(immigration_status) like '%uasc%')
    and from_on <= $last and (to_on is null or to_on > $first) group by child_id;
create view adopted as
  select p.* from permanence p where (lower(p.permanence_order_type) like '%adopt%' and in_year(p.permanence_order_on))
    or exists (select 1 from cla_episodes e where e.child_id = p.child_id
      and e.episode_ceased_reason in ('E11', 'E12') and in_year(e.to_on - 1));
create view placed as select * from permanence
  where in_year(placed_for_adoption_on) or (placed_for_adoption_on is not null and in_year(decision_reversed_on));
create view care_leaver as
  select c.*, p.birth_on, date_part('year', age($last::timestamp, p.birth_on::timestamp)) as age
  from care_leavers c join person p using (child_id)
  where c.child_id not in (
    select child_id from cla_episodes where from_on <= $last and (to_on is null or to_on > $last));
create view returned as
  select child_id from looked_after union select child_id from care_leaver where age between 17 and 21
  union select child_id from adopted union select child_id from placed;
create view checks as
  select child_id, case when lower(type) like '%dent%' or lower(type) like '%teeth%' then 'TEETH_CHECK'
      when lower(type) like '%development%' then 'HEALTH_CHECK'
      when lower(type) like '%health%' then 'HEALTH_ASSESSMENT' end as check_of,
    of_year(happened_on, health_check_id) and coalesce(lower(status), 'completed') in ('completed', '1') as done
  from cla_health;
create view checked as select child_id, check_of, bool_or(done) as done from checks group by all;
create view kept as select
  exists (select 1 from checks where check_of = 'TEETH_CHECK') as teeth,
  exists (select 1 from checks where check_of = 'HEALTH_CHECK') as development,
  exists (select 1 from checks where check_of = 'HEALTH_ASSESSMENT') as health,
  exists (select 1 from cla_convictions) as convictions, exists (select 1 from cla_substance_misuse) as misuse;
create view strengths as
  select child_id, arg_max(score, coalesce(happened_on, $last)) as score,
    arg_max(case when score is null then reason end, coalesce(happened_on, $last)) as reason
  from sdq_scores where of_year(happened_on, sdq_score_id) group by child_id;
create view misused as
  select child_id, bool_or(intervention_received) as received from cla_substance_misuse
  where of_year(happened_on, substance_misuse_id) group by child_id;
create view convicted as
  select distinct child_id from cla_convictions where of_year(happened_on, conviction_id);
create view immunised as
  select child_id, arg_max(status, happened_on) as status from cla_immunisations
  where happened_on <= $last group by child_id;
"""
