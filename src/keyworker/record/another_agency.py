"""What another agency's person sees and writes of a child in the database: their own actions and challenges alone."""

OWN_ACTION = (
    "account = (select access.account()) and (select access.opens(array['actions']))"
    " and access.is_given_openly(child_id) and access.is_told(child_id, action_id)"
)
"""An action of a plan that is another agency's is seen by whoever signs in for it, unless the child is restricted, or
something is marked of the family and nobody agreed yet that its words are told."""
GIVEN_BEFORE = "access.was_given(plan_action.action_id, plan_action.child_id)"
"""Another agency puts an end to an action that it was given; it gives itself none."""
ENDED_ONLY = "access.only_ends(to_jsonb(plan_action))"
"""It writes what came of the action, once: neither what was to be done, nor by when, nor of whom."""
OWN_CHALLENGE = (
    "account = (select access.account()) and (select access.opens(array['actions'])) and raised_by = 'agency'"
    " and access.was_given_any(child_id)"
)
"""A challenge of another agency is seen by whoever raised it, while an action for that child was given to them."""
OWN_CHALLENGE_WRITTEN = "access.says_own_challenge(to_jsonb(challenge))"
"""They raise it open and say once how it ended, and change nothing else of it."""
OWN_STAGE = (
    "(select access.opens(array['actions'])) and exists (select 1 from record.challenge c"
    " where c.challenge_id = challenge_stage.challenge_id and c.account = (select access.account())"
    " and c.child_id = challenge_stage.child_id and c.raised_by = 'agency')"
)
"""Its stages are seen with it. Whoever raised it takes it to one, and answers none."""
OF_ANOTHER_AGENCY = {"challenge": OWN_CHALLENGE, "challenge_stage": OWN_STAGE}
"""What another agency sees of a child beside its own actions: what it raised itself. It is asked last, of each row that
whoever reads does not see already, for it looks a row up."""
