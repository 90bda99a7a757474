-- The days on which a child lives with a parent under a full care order.
select child_id as subject_id, from_on, to_on from {living_arrangement} a
where arrangement = 'with parents under a care order'
