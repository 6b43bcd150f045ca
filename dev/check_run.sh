#!/usr/bin/env bash
# The walk of a newcomer on a clean copy of this working tree: first run, pages, kill -9, second
# run, Ctrl-C, nothing left. Prints the times. `dev/check_run.sh FOLDER` uses a copy made before.
set -euo pipefail
set -m # every `make run` leads a process group, as in a terminal

here=$(cd "$(dirname "$0")/.." && pwd)
copy=${1:-}
log=$(mktemp)
run=
export PORT=${PORT:-8765}
unset DATABASE_URL BROKER_URL EMAIL_URL VAR_DIR PYTHONPATH MAKEFLAGS MFLAGS MAKELEVEL

say() { printf '%s\n' "$*"; }
fail() {
	say "FAILED: $*"
	cat "$log"
	exit 1
}

fresh_copy() {
	git -C "$here" ls-files -z --cached --others --exclude-standard |
		tar --create --directory "$here" --null --files-from - --ignore-failed-read |
		tar --extract --directory "$1"
}

# What runs from the copy's environment; the brackets keep grep from finding itself.
leftovers() { grep -sl "$copy/[.]venv" /proc/[0-9]*/cmdline | cut -d/ -f3 || true; }

clean_up() {
	[ -z "$run" ] || kill -TERM "-$run" 2>/dev/null || true
	[ ! -x "$copy/.venv/bin/python" ] || make --no-print-directory -C "$copy" stop >/dev/null 2>&1 || true
	[ -n "${1:-}" ] || rm -rf "$copy"
	rm -f "$log"
}

start() { # name, limit in seconds
	local began=$SECONDS
	: >"$log"
	make --no-print-directory -C "$copy" run >"$log" 2>&1 &
	run=$!
	until grep -q "Diji.vet hazır" "$log"; do
		kill -0 "$run" 2>/dev/null || fail "$1: make run ended"
		[ $((SECONDS - began)) -lt "$2" ] || fail "$1: not ready in $2 s"
		sleep 0.2
	done
	say "$1: $(grep -o 'Diji.vet hazır ([^)]*)' "$log")"
	grep -E '^[0-9]/[0-9] ' "$log"
}

page() { # expected status, path
	local status
	status=$(curl --silent --output /dev/null --max-time 30 --write-out '%{http_code}' "http://127.0.0.1:$PORT$2")
	[ "$status" = "$1" ] || fail "$2 answered $status instead of $1"
}

pages() {
	page 200 /
	page 200 /en/
	page 200 /magaza/
	page 200 /posta/
	page 200 /api/content/v2/pages/
	page 302 /yonetim/
	say "pages answer"
}

bank_total() { # what the test bank holds; its port is another with each run
	curl --silent --fail --max-time 30 "$(grep -o 'Banka  *http://[0-9.:]*' "$log" | grep -o 'http.*')/__bank/total"
}

bank() {
	bank_total | grep -q '"total"' || fail "the bank does not answer"
	say "the bank answers"
}

nothing_left() {
	local waited=0
	while [ -n "$(leftovers)" ]; do
		[ $((waited++)) -lt 75 ] || fail "still running: $(leftovers | tr '\n' ' ')"
		sleep 0.2
	done
	say "nothing left"
}

ctrl_c() { # make itself ends by the signal; what counts is that the launcher ended in peace
	kill -INT "-$run"
	wait "$run" || true
	run=
	grep -q "Durdu. / Stopped." "$log" || fail "Ctrl-C did not end it in peace"
	nothing_left
}

if [ -n "$copy" ]; then
	trap 'clean_up keep' EXIT
else
	copy=$(mktemp -d)
	trap clean_up EXIT
	fresh_copy "$copy"
fi

start "first run" 600
pages
bank

supervisor=$(sed 's/.*"supervisor": \([0-9]*\).*/\1/' "$copy/var/run/run.json")
kill -KILL "$supervisor"
wait "$run" || true
start "after kill -9" 60
pages
bank

ctrl_c

start "warm start" 60
pages
bank
ctrl_c
