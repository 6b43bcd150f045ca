"""Doors: `public` for everyone, `readers` behind links of mails, `mine` in the panel, `office` for staff."""
