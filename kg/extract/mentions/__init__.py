"""An article in, the mentions that rules and tables propose out."""
