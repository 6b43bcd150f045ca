"""Every question of the help page has its test, or stands here with the room that will carry it."""

import ast
from pathlib import Path

from home.demo.answers import CATEGORIES

NOT_YET = {
    "API veya entegrasyon desteğiniz var mı?": "api",
}


def questions() -> set[str]:
    return {answer.tr.title for category in CATEGORIES for answer in category.answers}


def covered() -> set[str]:
    trees = (ast.parse(path.read_text()) for path in Path(__file__).parent.glob("test_*.py"))
    docs = (
        ast.get_docstring(node)
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )
    return {doc for doc in docs if doc}


def test_each_question_is_tested_or_named_as_not_yet():
    assert questions() - covered() == set(NOT_YET)
