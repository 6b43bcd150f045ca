"""The embedded servers: started twice, killed, half made, with awkward paths."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import environ
import psycopg
import pytest
import redis

from dev import server_files, servers
from dev.processes import command_line, free_port, port_is_free, wait_until


def ask(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: not command_line(process), 5)


@pytest.fixture(scope="module")
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Postgres]:
    server = servers.postgres(tmp_path_factory.mktemp("pg") / "postgres")
    yield server
    server.stop()


@pytest.fixture
def postgres(own_postgres: servers.Postgres) -> servers.Postgres:
    own_postgres.start()
    return own_postgres


@pytest.fixture(scope="module")
def own_valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Valkey]:
    server = servers.valkey(tmp_path_factory.mktemp("vk") / "valkey")
    yield server
    server.stop()


@pytest.fixture
def valkey(own_valkey: servers.Valkey) -> servers.Valkey:
    own_valkey.start()
    return own_valkey


class TestPostgres:
    def test_a_second_start_finds_the_running_server(self, postgres):
        before = postgres.process_id()
        assert postgres.start() is False
        assert postgres.process_id() == before

    def test_stop_ends_it_and_start_keeps_the_data(self, postgres):
        postgres.create_database("kept")
        process = postgres.process_id()
        postgres.stop()
        assert not command_line(process)
        assert postgres.start() is True
        assert ask(postgres.url("kept"), "SELECT current_database()") == "kept"

    def test_stopping_a_stopped_server_is_fine(self, postgres):
        postgres.stop()
        postgres.stop()
        assert postgres.start() is True

    def test_it_starts_again_after_kill_9(self, postgres):
        kill(postgres.process_id())
        assert (postgres.data / "postmaster.pid").exists()
        assert postgres.start() is True
        assert ask(postgres.url("postgres"), "SELECT 1") == 1

    def test_a_process_number_that_another_program_got_since_is_no_obstacle(self, postgres):
        postgres.stop()
        mine = f"{os.getpid()}\n{postgres.data}\n1\n5432\n{postgres.socket_folder}\n\n"
        (postgres.data / "postmaster.pid").write_text(mine)
        assert postgres.process_id() is None
        assert postgres.start() is True

    def test_databases_are_created_once_and_copied_from_a_template(self, postgres):
        assert postgres.create_database("source") is True
        assert postgres.create_database("source") is False
        with psycopg.connect(postgres.url("source")) as connection:
            connection.execute("CREATE TABLE cat AS SELECT 'Pamuk' AS name")
        assert postgres.create_database("copy", template="source") is True
        assert ask(postgres.url("copy"), "SELECT name FROM cat") == "Pamuk"

    def test_the_role_has_no_more_rights_than_in_production(self, postgres):
        query = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        assert ask(postgres.url("postgres"), query) is False

    def test_only_the_socket_is_open(self, postgres):
        assert ask(postgres.url("postgres"), "SELECT current_setting('listen_addresses')") == ""
        assert postgres.data.stat().st_mode & 0o077 == 0

    def test_django_understands_the_url(self, postgres):
        settings = environ.Env.db_url_config(postgres.url("dijivet"))
        assert settings["NAME"] == "dijivet"
        assert settings["OPTIONS"]["host"] == str(postgres.data)

    def test_a_half_made_cluster_and_an_awkward_path_are_no_obstacle(self, tmp_path):
        data = tmp_path / "Şu klasör, uzun %41" / ("a" * 90) / "postgres"
        half = data.with_name("postgres.new")
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18")
        server = servers.postgres(data)
        try:
            assert server.start() is True
            assert ask(server.url("postgres"), "SELECT 'ş' || chr(305)") == "şı"
            assert server.socket_folder != data
            assert server.socket_folder.stat().st_mode & 0o077 == 0
        finally:
            server.stop()
            shutil.rmtree(server.socket_folder, ignore_errors=True)

    def test_a_socket_folder_that_others_can_enter_is_refused(self, tmp_path):
        folder = tmp_path / "open"
        folder.mkdir(mode=0o755)
        with pytest.raises(servers.ServerError, match="open to others"):
            server_files.private_folder(folder)

    def test_a_server_that_cannot_start_says_why(self, postgres):
        postgres.stop()
        version = postgres.data / "PG_VERSION"
        version.write_text("9\n")
        try:
            with pytest.raises(servers.ServerError, match="not compatible"):
                postgres.start()
        finally:
            version.write_text("18\n")
        assert postgres.start() is True


class TestValkey:
    def client(self, valkey: servers.Valkey) -> redis.Redis:
        return redis.Redis.from_url(valkey.url())

    def test_a_second_start_finds_the_running_server(self, valkey):
        url = valkey.url()
        assert valkey.start() is False
        assert valkey.url() == url

    def test_messages_and_address_survive_kill_9(self, valkey):
        url = valkey.url()
        with self.client(valkey) as client:
            client.config_set("appendfsync", "always")
            client.set("message", "aşı")
            kill(client.info()["process_id"])
        assert valkey.start() is True
        assert valkey.url() == url
        with self.client(valkey) as client:
            assert client.get("message").decode() == "aşı"

    def test_stop_ends_it(self, valkey):
        port = urlsplit(valkey.url()).port
        valkey.stop()
        assert port_is_free(port)
        valkey.stop()
        assert valkey.start() is True

    def test_another_port_when_somebody_took_its_own(self, valkey):
        valkey.stop()
        old = urlsplit(valkey.url()).port
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(("127.0.0.1", old))
            other.listen()
            assert valkey.start() is True
            assert urlsplit(valkey.url()).port != old

    def test_strangers_on_this_machine_are_refused(self, valkey):
        address = ("127.0.0.1", urlsplit(valkey.url()).port)
        with socket.create_connection(address, timeout=5) as stranger:
            stranger.sendall(b"GET message\r\n")
            assert stranger.recv(100).startswith(b"-NOAUTH")

    def test_nothing_is_thrown_away_when_memory_is_short(self, valkey):
        with self.client(valkey) as client:
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            assert client.config_get("appendonly") == {"appendonly": "yes"}


def test_tests_get_another_broker_database_than_the_worker_of_make_run(monkeypatch, postgres, valkey):
    monkeypatch.setattr(servers, "postgres", lambda: postgres)
    monkeypatch.setattr(servers, "valkey", lambda: valkey)
    environment = {"DATABASE_URL": "given"}
    servers.export(environment)
    assert environment == {"DATABASE_URL": "given", "BROKER_URL": valkey.url(1)}


def test_a_free_port_is_free():
    assert port_is_free(free_port())


def test_package_that_is_not_installed():
    with pytest.raises(servers.ServerError, match="make setup"):
        server_files.package_folder("no_such_package_here")


def test_data_paths_are_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert servers.postgres(Path("x")).data == tmp_path / "x"
