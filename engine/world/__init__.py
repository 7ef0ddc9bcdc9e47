"""What happened: series of prices, levels, acts and events, and the market as a day may see it."""
