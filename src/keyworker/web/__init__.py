"""The pages. The web framework lives only here.

In: the pictures that `actions` gives to a signed-in person, and a moment from the address.
Out: pages that are whole without JavaScript, the same lists as CSV. Other rooms import only `web.entry`.
"""
