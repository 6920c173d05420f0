"""An article with its mentions in, the claims that rules propose out."""
