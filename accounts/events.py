"""Names of journal lines."""

NEW_DEVICE = "accounts.new_device"  # somebody signed in from a browser that this account has not seen
