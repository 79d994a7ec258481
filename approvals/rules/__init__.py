"""The rules of the policy: each answers with None, or with a reason that a person understands."""
