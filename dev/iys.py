"""İYS in development: a small server that speaks the protocol of docs/iys.md and keeps a file.

    python -m dev.iys PORT FILE

`Register` is the state, `Handler` the door. People who decide at İYS itself are played by
`POST /citizen {"recipient": …, "type": "EPOSTA", "status": "RET"}`.
"""

from __future__ import annotations

import argparse
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

LOOPBACK = "127.0.0.1"
PAGE = 500
TYPES, STATES = {"EPOSTA", "MESAJ", "ARAMA"}, {"ONAY", "RET"}


class Register:
    """The newest decision of each address and channel, in the order of their coming."""

    def __init__(self, file: Path | None = None) -> None:
        self.file, self.lock = file, threading.Lock()
        self.rows: dict[str, dict[str, Any]] = {}  # "type recipient" → decision
        self.told: set[str] = set()
        self.changes: list[dict[str, Any]] = []
        if file and file.exists():
            vars(self).update(json.loads(file.read_text()), told=set(json.loads(file.read_text())["told"]))

    def take(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """A decision that a company tells. The same id twice is one decision."""
        with self.lock:
            if fault := _fault(body):
                return 422, {"message": fault}
            if body["id"] not in self.told:
                self.told.add(body["id"])
                self._set(body, source="company")
            return 201, {"transactionId": body["id"]}

    def decide(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """A decision of the person herself."""
        with self.lock:
            if fault := _fault({"id": "citizen", **body}):
                return 422, {"message": fault}
            self._set({"consentDate": datetime.now(UTC).isoformat(), **body}, source="citizen")
            return 201, {}

    def since(self, cursor: str) -> dict[str, Any]:
        with self.lock:
            start = int(cursor or 0)
            found = self.changes[start : start + PAGE]
            return {"changes": found, "cursor": str(start + len(found))}

    def page(self, kind: str, status: str, number: str) -> dict[str, Any]:
        with self.lock:
            wanted = [row for row in self.rows.values() if (row["type"], row["status"]) == (kind, status)]
            start = int(number or 0)
            following = start + PAGE
            after = str(following) if following < len(wanted) else None
            return {"consents": wanted[start:following], "next": after}

    def _set(self, body: dict[str, Any], *, source: str) -> None:
        row = {name: body.get(name, "") for name in ("recipient", "type", "status", "consentDate")}
        row["recipient"] = row["recipient"].lower()
        self.rows[f"{row['type']} {row['recipient']}"] = row
        if source == "citizen":
            self.changes.append(row)
        if self.file:
            state = {"rows": self.rows, "told": sorted(self.told), "changes": self.changes}
            new = self.file.with_suffix(".new")
            new.write_text(json.dumps(state, ensure_ascii=False))
            new.replace(self.file)


def _fault(body: dict[str, Any]) -> str:
    if not all(isinstance(body.get(name), str) and body[name] for name in ("id", "recipient", "status")):
        return "id, recipient and status are needed"
    if body.get("type") not in TYPES or body["status"] not in STATES:
        return "unknown type or status"
    return "" if "@" in body["recipient"] else "recipient is no address"


class Handler(BaseHTTPRequestHandler):
    register: Register

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not self._is_known():
            return
        if parts.path == "/consents/changes":
            self._answer(200, self.register.since(asked.get("after", "")))
        elif parts.path == "/consents":
            page = self.register.page(asked.get("type", ""), asked.get("status", ""), asked.get("page", ""))
            self._answer(200, page)
        else:
            self._answer(404, {"message": "nothing here"})

    def do_POST(self) -> None:
        try:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        except ValueError:
            return self._answer(400, {"message": "no JSON"})
        if self.path == "/citizen":
            self._answer(*self.register.decide(body))
        elif self._is_known() and self.path == "/consents":
            self._answer(*self.register.take(body))

    def _is_known(self) -> bool:
        is_known = self.headers.get("Authorization", "").startswith("Bearer ")
        if not is_known:
            self._answer(401, {"message": "no token"})
        return is_known

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        text = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        """Addresses of people stand in no log."""


def server(port: int, register: Register) -> ThreadingHTTPServer:
    handler = type("OurHandler", (Handler,), {"register": register})
    return ThreadingHTTPServer((LOOPBACK, port), handler)


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.iys", description="Play İYS on loopback.")
    parser.add_argument("port", type=int)
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    print(f"İYS {LOOPBACK}:{arguments.port}", flush=True)
    server(arguments.port, Register(arguments.file)).serve_forever()


if __name__ == "__main__":
    main()
