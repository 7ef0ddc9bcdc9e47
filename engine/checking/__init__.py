"""From trees to models and ledgers, or to everything that is wrong with them."""
