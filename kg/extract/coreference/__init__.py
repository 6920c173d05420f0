"""What 我市, 本报 and 市科技局 mean in an article: the place and the paper that speak."""
