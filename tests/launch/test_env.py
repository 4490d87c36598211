"""Settings from the environment."""

import os
import stat

import pytest

from forensics import env


@pytest.mark.parametrize("word", ["1", "true", "YES", " on "])
def test_a_flag_is_set_by_the_words_people_use(monkeypatch, word):
    monkeypatch.setenv("DEBUG", word)
    assert env.flag("DEBUG") is True


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (lambda: env.flag("PORT"), "maybe", "PORT is 'maybe': write 1 or 0."),
        (
            lambda: env.number("PORT", 8000, 1, 65535),
            "80a",
            "PORT is '80a': write a whole number from 1 up to 65535.",
        ),
        (
            lambda: env.number("PORT", 8000, 1, 65535),
            "70000",
            "PORT is '70000': write a whole number from 1 up to 65535.",
        ),
        (
            lambda: env.path("PORT", "var"),
            "a\nb",
            "PORT holds a line break or a null character: write one path.",
        ),
    ],
)
def test_a_wrong_value_ends_the_start_with_a_sentence_that_names_it(monkeypatch, read, value, said):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(SystemExit) as refusal:
        read()
    assert str(refusal.value) == said


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("PORT", "")
    assert env.number("PORT", 8000) == 8000
    assert env.flag("PORT", True) is True
    assert env.text("PORT", "x") == "x"


def test_a_relative_path_counts_from_the_current_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STATE", "here/var")
    assert env.path("STATE", "/elsewhere") == tmp_path / "here" / "var"


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    file = tmp_path / "state" / "secret-key"
    first = env.secret("SECRET_KEY", file)
    assert len(first) >= 50
    assert env.secret("SECRET_KEY", file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(file.parent) == ["secret-key"]


def test_a_given_secret_is_used_and_not_written_down(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "given")
    assert env.secret("SECRET_KEY", tmp_path / "secret-key") == "given"
    assert not (tmp_path / "secret-key").exists()


def test_an_empty_secret_file_is_refused(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret-key").touch()
    with pytest.raises(SystemExit, match="is empty: remove it and start again, or set SECRET_KEY"):
        env.secret("SECRET_KEY", tmp_path / "secret-key")


def test_a_new_state_folder_can_be_passed_through_but_not_listed(tmp_path):
    before = os.umask(0o077)
    try:
        env.make_folder(tmp_path / "var")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o711


def test_the_mode_of_an_existing_folder_is_left_alone(tmp_path):
    (tmp_path / "var").mkdir(0o700)
    env.make_folder(tmp_path / "var")
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
