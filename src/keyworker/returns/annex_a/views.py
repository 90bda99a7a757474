"""What several lists ask: who a child is, who holds them, when they were last seen, what their status is."""

from __future__ import annotations

MACROS = """
create macro yes_no(it) as case when it then 'a) Yes' else 'b) No' end;
create macro yes_no_unknown(it) as case when it then 'a) Yes' when not it then 'b) No' else 'c) Unknown' end;
"""

# The letters are those of published samples; a word that no letter is known for is written as the record has it.
CODES = """
create table ethnic as select * from (values ('WBRI','a'),('WIRI','b'),('WIRT','c'),('WOTH','d'),('WROM','e'),('MWBC','f'),
  ('MWBA','g'),('MWAS','h'),('MOTH','i'),('AIND','j'),('APKN','k'),('ABAN','l'),('AOTH','m'),('BCRB','n'),('BAFR','o'),
  ('BOTH','p'),('CHNE','q'),('OOTH','r'),('REFU','s'),('NOBT','t')) as t(code, letter);
create table contact_source as select code, label from (values
  ('1A','a) 1A: Individual'),('1B','b) 1B: Individual'),('1C','c) 1C: Individual'),('1D','d) 1D: Individual'),
  ('2A','e) 2A: Schools'),('2B','f) 2B: Education services'),('3A','g) 3A: Health services'),
  ('3B','h) 3B: Health services'),('3C','i) 3C: Health services'),('3D','j) 3D: Health services'),
  ('3E','k) 3E: Health services'),('3F','l) 3F: Health services'),('4','m) 4: Housing'),('5A','n) 5A: LA services'),
  ('5B','o) 5B: LA services'),('5C','p) 5C: LA services'),('5D','p1) 5D: LA services'),('6','q) 6: Police'),
  ('7','r) 7: Other legal agency'),('8','s) 8: Other'),('9','t) 9: Anonymous'),('10','u) 10: Unknown'))
  as t(code, label);
"""

VIEWS = """
create view who as
  select p.child_id,
    case upper(left(coalesce(p.sex, p.gender), 1)) when 'M' then 'a) Male' when '1' then 'a) Male'
      when 'F' then 'b) Female' when '2' then 'b) Female' when '9' then 'd) Neither' else 'c) Not stated/recorded' end as gender,
    case when e.letter is not null then e.letter || ') ' || p.ethnicity else coalesce(p.ethnicity, 'u) Unknown') end as ethnicity,
    p.birth_on, date_part('year', age($at::timestamp, p.birth_on::timestamp))::integer as age,
    case when d.disabled then 'a) Yes' when d.child_id is not null then 'b) No' else 'c) Unknown' end as disabled
  from person p left join ethnic e on e.code = upper(p.ethnicity)
    left join (select child_id, bool_or(upper(disability_code) <> 'NONE') as disabled from disability group by child_id) d
      using (child_id);

create view team_name as
  select team_id, any_value(name) as name from (
    select team_id, name from team where from_on <= $at and (to_on is null or to_on > $at)
    union all select d.team_id, d.name from department d
      where d.team_id not in (select team_id from team where from_on <= $at and (to_on is null or to_on > $at)))
  group by team_id;

create view held as
  select distinct on (h.child_id) h.child_id, h.worker_id, p.name as worker, t.name as team
  from holding h left join professionals p using (worker_id) left join team_name t using (team_id)
  where h.role in ('lead', 'accountable') and h.from_on <= $at and (h.to_on is null or h.to_on > $at)
  order by h.child_id, h.role desc, h.from_on desc, h.worker_id;

create view visit as
  select child_id, happened_on, seen, seen_alone, 'cin' as kind, cin_visit_id as id from cin_visits
  union all select child_id, happened_on, seen, seen_alone, 'cp', cp_visit_id from cp_visits
  union all select child_id, happened_on, seen, seen_alone, 'cla', visit_id from cla_visits
  union all select child_id, happened_on, seen, seen_alone, 'other', visit_id from other_visit;

create view last_visit as select child_id, max(happened_on) as last_seen_on from visit where seen group by child_id;
create view last_protection_visit as
  select distinct on (child_id) child_id, happened_on, seen_alone from visit where kind = 'cp' and seen
  order by child_id, happened_on desc, id;
create view last_care_visit as
  select child_id, max(happened_on) as happened_on from visit where kind = 'cla' and seen group by child_id;

create view latest_episode as
  select distinct on (e.child_id) e.*,
    not coalesce(e.referral_nfa, false) or a.referral_id is not null as more_than_a_referral
  from cin_episodes e
    left join (select distinct referral_id from cin_assessments) a using (referral_id)
  where e.from_on <= $at and (e.to_on is null or e.to_on - 1 > $six)
  order by e.child_id, e.from_on desc, e.referral_id desc;

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
  from cla_health group by child_id;
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
