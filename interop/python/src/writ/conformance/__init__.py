"""The program that answers the test vectors: one JSON object a line in, one a line out."""
