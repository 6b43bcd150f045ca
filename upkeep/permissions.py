"""Rights of the platform; groups get them in settings.OFFICE_GROUPS."""

RUN = "upkeep.run_upkeep"  # plan, announce, change, begin and end windows
RECEIPTS = "upkeep.read_receipts"  # who was told when: names and addresses of people
