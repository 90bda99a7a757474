-- Each appointment of a social worker, as the workforce census counts them: in one of its six roles, or of somebody on
-- the register. Where neither it nor the list of workers says that it is through an agency, it is the council's own.
-- Hours are never more than whole.
select a.worker_id, a.post_id, a.team_id, a.entry_id,
    case lower(trim(a.role_class)) when '1' then 'senior manager' when '2' then 'middle manager'
        when '3' then 'first line manager' when '4' then 'senior practitioner' when '5' then 'case holder'
        when '6' then 'qualified without cases' else lower(trim(a.role_class)) end as role_class,
    case when g.entry_id is null then 0 else 1 end as is_agency,
    case when a.fte is not null then cast(least(greatest(a.fte, 0), 1) as decimal(18, 6)) end as fte,
    case when a.agreed_capacity is not null then cast(a.agreed_capacity as decimal(18, 6)) end as agreed_capacity,
    a.covers_vacancy, a.first_year, a.start_origin, a.leaving_reason, a.leaving_destination, a.from_on, a.to_on
from {appointment} a
left join {agency_row} g on g.entry_id = a.entry_id
where (a.to_on is null or a.to_on > a.from_on)
    and (a.role_class is not null or exists (
        select 1 from {professionals} r where r.worker_id = a.worker_id and r.registration_no <> ''))
