"""What several lists ask: who a child is, who holds them, when they were last seen, what their status is."""

from __future__ import annotations

from keyworker.returns.words import ASKS_FOR_CONFERENCE

MACROS = f"""
create macro unneeded(nfa, to_on, outcome) as coalesce(nfa, false)
  or coalesce(to_on is not null and not regexp_matches(outcome, '{ASKS_FOR_CONFERENCE}'), false);
create macro yes_no(it) as case when it then 'a) Yes' else 'b) No' end;
create macro yes_no_unknown(it) as case when it then 'a) Yes' when not it then 'b) No' else 'c) Unknown' end;
create macro plan_code(it) as case when it like '{{%' then
  nullif(regexp_extract(it, '"([A-Za-z0-9]+)"\\s*:\\s*"?(?:[Yy]|true|1)', 1), '') else it end;
"""

VIEWS = """
create view who as
  select p.child_id,
    case left(ltrim(upper(coalesce(p.sex, p.gender)), '0'), 2) when 'M' then 'a) Male' when 'MA' then 'a) Male'
      when '1' then 'a) Male' when 'F' then 'b) Female' when 'FE' then 'b) Female' when '2' then 'b) Female'
      when '9' then 'd) Neither' when 'NE' then 'd) Neither' else 'c) Not stated/recorded' end as gender,
    coalesce(as_ethnicity(p.ethnicity), 'u) UNKNOWN') as ethnicity,
    p.birth_on, date_part('year', age($at::timestamp, p.birth_on::timestamp))::integer as age,
    case when d.disabled then 'a) Yes' when d.child_id is not null then 'b) No' else 'c) Unknown' end as disabled
  from person p
    left join (select child_id, bool_or(upper(disability_code) <> 'NONE') as disabled from disability group by child_id) d
      using (child_id);

create view team_name as
  select team_id, any_value(name) as name from (
    select team_id, name from team where from_on <= $at and (to_on is null or to_on > $at)
    union all select d.team_id, d.name from department d
      where d.team_id not in (select team_id from team where from_on <= $at and (to_on is null or to_on > $at)))
  group by team_id;

-- Who holds a child now, and who did last: a row that is over names the second, an open one only the first.
create view holder as
  select h.child_id, h.role, h.from_on, h.to_on, h.worker_id, p.name as worker, t.name as team
  from holding h left join professionals p using (worker_id) left join team_name t using (team_id)
  where h.role in ('lead', 'accountable') and h.from_on <= $at;
create view held as
  select distinct on (child_id) * from holder where to_on is null or to_on > $at
  order by child_id, role desc, from_on desc, worker_id;
create view held_last as
  select distinct on (child_id) * from holder
  order by child_id, coalesce(to_on, date '9999-12-31') desc, role desc, from_on desc, worker_id;

-- Where nobody said whether the child was seen, the visit was made, but it is no sight of the child.
create view visit as
  select * from (
    select child_id, happened_on, seen, seen_alone, outcome, 'cin' as kind, cin_visit_id as id from cin_visits
    union all select child_id, happened_on, seen, seen_alone, outcome, 'cp', cp_visit_id from cp_visits
    union all select child_id, happened_on, seen, seen_alone, outcome, 'cla', visit_id from cla_visits
    union all select child_id, happened_on, seen, seen_alone, outcome, 'other', visit_id from other_visit)
  where happened_on <= $at and seen is distinct from false
    and coalesce(outcome, 'seen') not in ('not seen', 'cancelled', 'no access');

create view last_visit as select child_id, max(happened_on) as last_seen_on from visit where seen group by child_id;
create view last_protection_visit as
  select distinct on (child_id) child_id, happened_on, seen_alone from visit where kind = 'cp'
  order by child_id, happened_on desc, seen_alone desc nulls last, id;
create view last_care_visit as
  select child_id, max(happened_on) as happened_on from visit where kind = 'cla' group by child_id;

create view episode as
  select e.*, not coalesce(e.referral_nfa, false) or exists (select 1 from cin_assessments a
      where a.child_id = e.child_id and (a.referral_id = e.referral_id or (a.referral_id is null
        and a.from_on >= e.from_on and (e.to_on is null or a.from_on < e.to_on)))) as more_than_a_referral
  from cin_episodes e;

-- A referral that came to nothing does not hide the work that goes on beside it.
create view latest_episode as
  select distinct on (child_id) * from episode
  where from_on <= $at and (to_on is null or to_on - 1 > $six)
  order by child_id, more_than_a_referral desc, to_on is null desc, from_on desc, referral_id desc;

create view latest_plan as
  select distinct on (child_id) * from cp_plans
  where from_on <= $at and (to_on is null or to_on - 1 > $six) and not coalesce(from_other_authority, false)
  order by child_id, from_on desc, cp_plan_id desc;

-- A period of care is its episodes, one legal status and placement after another; short breaks are no such period.
create view care_period as
  select child_id, coalesce(care_period_id, episode_id) as care_period_id,
    coalesce(min(entered_care_on), min(from_on)) as started_on, max(from_on) as episode_on,
    case when count(*) filter (where to_on is null) = 0 then max(to_on) - 1 end as ceased_on,
    arg_max(episode_ceased_reason, from_on) as last_reason, arg_max(primary_need_code, from_on) as primary_need_code,
    max(last_iro_contact_on) as last_iro_contact_on
  from cla_episodes where from_on <= $at group by 1, 2;

create view latest_care as
  select distinct on (c.child_id) c.*, case when c.ceased_on is not null then c.last_reason end as episode_ceased_reason
  from care_period c
  where (c.ceased_on is null or c.ceased_on > $six)
    and not exists (select 1 from legal_status l where l.child_id = c.child_id and l.legal_status in ('V3', 'V4')
      and l.from_on <= $at and (l.to_on is null or l.to_on > $at))
  order by c.child_id, c.started_on desc, c.care_period_id desc;

create view latest_legal_status as
  select distinct on (child_id) * from legal_status where from_on <= $at
  order by child_id, from_on desc, legal_status_id desc;
create view latest_placement as
  select distinct on (child_id) * from cla_placement where from_on <= $at
  order by child_id, from_on desc, placement_id desc;
create view latest_care_plan as
  select distinct on (child_id) * from cla_care_plan where from_on <= $at
  order by child_id, from_on desc, cla_care_plan_id desc;
create view last_care_review as
  select c.child_id, max(r.happened_on) as reviewed_on from cla_reviews r join care_period c using (care_period_id)
  where not coalesce(r.cancelled, false) group by c.child_id;
create view last_health as
  select child_id, max(happened_on) filter (where lower(type) like '%health%') as health_on,
    max(happened_on) filter (where lower(type) like '%dent%' or lower(type) like '%teeth%') as dental_on
  from cla_health where happened_on <= $at and coalesce(lower(status), 'completed') in ('completed', '1')
  group by child_id;
create view missing_year as
  select child_id, count(*) filter (where upper(left(coalesce(episode_type, 'M'), 1)) <> 'A') as missing,
    count(*) filter (where upper(left(episode_type, 1)) = 'A') as absent,
    arg_max(rhi_offered, from_on) as offered, arg_max(rhi_accepted, from_on) as accepted
  from missing where from_on > $twelve and from_on <= $at group by child_id;
create view ever_unaccompanied as
  select distinct child_id from immigration_status
  where lower(immigration_status) like '%unaccompanied%' or lower(immigration_status) like '%uasc%';
create view unaccompanied as
  select distinct child_id from immigration_status
  where (lower(immigration_status) like '%unaccompanied%' or lower(immigration_status) like '%uasc%')
    and (to_on is null or to_on - 1 > $twelve);

create view case_status as
  select e.child_id, case
    when e.to_on is not null then 'e) Closed episode'
    when c.child_id is not null then 'a) Looked after child'
    when p.child_id is not null then 'b) Child protection plan'
    when n.child_id is not null then 'c) Child in need plan'
    else 'd) Open assessment' end as case_status
  from latest_episode e
    left join (select child_id from latest_care where ceased_on is null) c using (child_id)
    left join (select child_id from latest_plan where to_on is null) p using (child_id)
    left join (select distinct child_id from cin_plans where to_on is null) n using (child_id);
"""
