"""The whole way of a build, here or on Spark; how good it is, and how the reader is trained."""
