"""The sister pictures of the throughline: a worker, a post, a team, brothers and sisters, in lanes on one time scale.

In: a story. `worker`, `post`, `team` and `siblings` say what is to be seen as lanes; `sheet` says where, lying along a
page or narrow on a phone. The throughline's own `svg` draws it. Nothing here knows the web framework.
"""
