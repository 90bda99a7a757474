-- Children whom two rows held at once at some time, so that somebody must be chosen as their main worker.
select distinct child_id from {held_in_order} o where ended_before > from_on
