"""A person's number is shown by its ends; a company's number is public."""


def masked(number: str) -> str:
    return number if len(number) != 11 else f"{number[:3]}{'•' * 6}{number[-2:]}"
