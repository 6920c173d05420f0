"""Names found by their head noun (…公司, …局, …项目), read to the left."""
