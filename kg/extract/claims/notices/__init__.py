"""What official notices say: who issues which policy, its number, its targets."""
