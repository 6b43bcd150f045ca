"""Rights of the platform's people over the newsletter."""

ASSEMBLE = "newsletter.assemble_issue"
RELEASE = "newsletter.release_issue"
