"""The benchmarks: ratios taken back to back in one run, so that a slower machine gives the same answer."""
