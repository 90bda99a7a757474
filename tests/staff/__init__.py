"""What is recorded by hand of a worker."""
