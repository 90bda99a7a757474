"""The tables of the looked after return: the record's table that each is drawn from, and the question that fills it."""

from __future__ import annotations

WHO = "p.child_id as CHILD, p.birth_on as DOB"

# A row of the source that the question does not give is not of the year, or not of a child whom the return is about.
TABLES_OF_RETURN: dict[str, tuple[str, str]] = {
    "header": (
        "person",
        """
        select p.child_id as CHILD, sex_code(p.sex, p.gender) as SEX, p.birth_on as DOB, p.ethnicity as ETHNIC,
               coalesce(u.upn, p.upn_unknown) as UPN,
               coalesce(case when m.mother_id is not null then 1 end, case when p.is_mother then 1 end) as MOTHER,
               m.birth_on as MC_DOB
        from person p join returned using (child_id) left join pupil_number u using (child_id)
          left join (select mother_id, min(birth_on) as birth_on from mother group by mother_id) m
            on m.mother_id = p.child_id
        """,
    ),
    "episodes": (
        "cla_episodes",
        """
        select e.child_id as CHILD, e.from_on as DECOM, e.episode_start_reason as RNE, l.legal_status as LS,
               e.primary_need_code as CIN, p.type as PLACE, p.provider as PLACE_PROVIDER, by_end(e.to_on - 1) as DEC,
               case when e.to_on - 1 <= $last then e.episode_ceased_reason end as REC,
               case when e.to_on - 1 <= $last and p.to_on = e.to_on then p.change_reason end as REASON_PLACE_CHANGE,
               null as HOME_POST, p.postcode as PL_POST, p.urn as URN
        from cla_episodes e left join status_at l using (episode_id) left join placed_at p using (episode_id)
        where e.from_on <= $last and (e.to_on is null or e.to_on > $first)
          and e.child_id in (select child_id from person)
        """,
    ),
    "reviews": (
        "cla_reviews",
        f"""
        select {WHO}, r.happened_on as REVIEW, r.participation as REVIEW_CODE
        from cla_reviews r
          join (select distinct child_id, period_id as care_period_id from of_episode) c using (care_period_id)
          join looked_after using (child_id) join person p using (child_id)
        where in_year(r.happened_on) and not coalesce(r.cancelled, false)
        """,
    ),
    "uasc": (
        "immigration_status",
        """
        select p.child_id as CHILD, p.birth_on as DOB, sex_code(p.sex, p.gender) as SEX, s.ceased_on as DUC
        from seeks_asylum s join person p using (child_id) join looked_after using (child_id)
        """,
    ),
    "oc2": (
        "cla_episodes",
        f"""
        select {WHO}, s.score as SDQ_SCORE, s.reason as SDQ_REASON,
               told(c.child_id is not null, k.convictions) as CONVICTED,
               told(d.done, k.development and date_part('year', age($last::timestamp, p.birth_on::timestamp)) < 5)
                 as HEALTH_CHECK,
               i.status::integer as IMMUNISATIONS, told(t.done, k.teeth) as TEETH_CHECK,
               told(h.done, k.health) as HEALTH_ASSESSMENT,
               told(m.child_id is not null, k.misuse) as SUBSTANCE_MISUSE,
               m.received::integer as INTERVENTION_RECEIVED,
               null as INTERVENTION_OFFERED
        from looked_after_all_year join person p using (child_id) cross join kept k
          left join strengths s using (child_id) left join convicted c using (child_id)
          left join immunised i using (child_id) left join misused m using (child_id)
          left join checked d on d.child_id = p.child_id and d.check_of = 'HEALTH_CHECK'
          left join checked t on t.child_id = p.child_id and t.check_of = 'TEETH_CHECK'
          left join checked h on h.child_id = p.child_id and h.check_of = 'HEALTH_ASSESSMENT'
        """,
    ),
    "oc3": (
        "care_leavers",
        """
        select c.child_id as CHILD, c.birth_on as DOB, upper(c.in_touch) as IN_TOUCH, c.activity as ACTIV,
               case when length(c.accommodation) = 1
                 then c.accommodation || coalesce(suitable_code(c.accom_suitable), '') else c.accommodation end as ACCOM
        from care_leaver c where c.age between 17 and 21
        """,
    ),
    "ad1": (
        "permanence",
        f"""
        select {WHO}, a.adm_decision_on as DATE_INT, a.matched_on as DATE_MATCH,
               a.adopted_by_carer_flag::integer as FOSTER_CARE,
               a.number_of_adopters as NB_ADOPTR, a.adopter_sex as SEX_ADOPTR, a.adopter_legal_status as LS_ADOPTR
        from adopted a join person p using (child_id)
        """,
    ),
    "placed_for_adoption": (
        "permanence",
        f"""
        select {WHO}, a.placed_for_adoption_on as DATE_PLACED, by_end(a.decision_reversed_on) as DATE_PLACED_CEASED,
               case when a.decision_reversed_on <= $last then a.decision_reversed_reason end as REASON_PLACED_CEASED
        from placed a join person p using (child_id)
        """,
    ),
    "previous_permanence": (
        "cla_previous_permanence",
        f"""
        select {WHO}, v.previous_permanence_option as PREV_PERM, v.previous_permanence_la as LA_PERM,
               v.order_on_text as DATE_PERM
        from cla_previous_permanence v join person p using (child_id) join looked_after using (child_id)
        """,
    ),
    "missing": (
        "missing",
        f"""
        select {WHO}, missing_code(m.episode_type) as MISSING, m.from_on as MIS_START, by_end(m.to_on - 1) as MIS_END
        from missing m join person p using (child_id) join looked_after using (child_id)
        where m.from_on <= $last and (m.to_on is null or m.to_on > $first)
        """,
    ),
    "sw_episodes": (
        "holding",
        f"""
        select {WHO}, coalesce(w.registration_no, h.worker_id) as SW_ID, h.from_on as SW_DECOM,
               by_end(h.to_on - 1) as SW_DEC,
               case when h.to_on - 1 <= $last then h.change_reason end as SW_REASON
        from holding h join person p using (child_id) join looked_after using (child_id)
          left join professionals w using (worker_id)
        where h.role = 'lead' and h.worker_id is not null
          and h.from_on <= $last and (h.to_on is null or h.to_on > $first)
        """,
    ),
}
