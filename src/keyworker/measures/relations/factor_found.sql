-- Each factor that an authorised assessment found, for the episode that the assessment belongs to. Sources write a list
-- with quotation marks, an object of flags, or codes between commas; a flag that does not say yes is no factor.
select coalesce(a.referral_id, a.assessment_id) as subject_id, a.child_id, a.done_on, c.code
from {assessment_done} a
join (
    select assessment_id, replace(case when position('"' in listed) > 0 then listed
        else concat('"', replace(replace(replace(listed, '[', ''), ']', ''), ',', '","'), '"]') end, ':"', ':') as said
    from (
        select assessment_id, upper(replace(assessment_factors_json, ' ', '')) as listed from {assessment_factors} f
        where assessment_factors_json is not null
    ) l
) s on s.assessment_id = a.assessment_id
join {factor_code} c on position(concat(c.quoted, ',') in s.said) > 0 or position(concat(c.quoted, ']') in s.said) > 0
    or position(concat(c.quoted, ':Y') in s.said) > 0 or position(concat(c.quoted, ':TRUE') in s.said) > 0
    or position(concat(c.quoted, ':1') in s.said) > 0
