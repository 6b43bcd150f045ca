"""One file for each way money comes and goes. Only `payments` itself may look in here."""
