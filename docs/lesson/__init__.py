"""What the lesson pages are made of."""
