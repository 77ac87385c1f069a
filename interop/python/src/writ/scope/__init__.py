"""Scope: permissions, resources and predicates, and how two of them compare (§5.6)."""
