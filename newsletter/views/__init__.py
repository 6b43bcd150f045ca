"""Doors: `public` for everyone, `readers` behind the links of mails, `mine` in the panel, `office` for staff."""
