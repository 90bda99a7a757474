"""Pictures turned into words: dates spoken, numbers with units, states as text first and colour second.

Nothing here knows the web framework, and templates hold no logic of their own.
"""
