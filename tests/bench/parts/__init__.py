"""What tools/bench measures, a file for each subject; tests/bench/compare runs them."""
