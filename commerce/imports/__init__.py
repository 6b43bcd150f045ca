"""Many products from a file and back into one: read, looked at, confirmed, written, taken back.

`columns` says what stands in a file, `reading` gets cells out of it, `checking` judges a row, `writing` and
`undoing` change goods, `runs` moves an import through its steps, `files` writes template, export and errors.
"""
