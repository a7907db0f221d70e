"""One file from one address: resumed where it broke off, retried with patience, whole or not there at all."""

from __future__ import annotations

import email.utils
import errno
import http.client
import json
import os
import pathlib
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from amaneku import _core

AGENT = f"amaneku/{_core.version} (radio planning; fetches public data once and keeps them)"
_CHUNK = 1 << 16
_LONGEST_WAIT_S = 60.0
_RETRIED = {408, 425, 429, 500, 502, 503, 504}
_ABSENT = {404, 410}


class NotFetchedError(Exception):
    """Why a file could not be had, for people."""


class DiskFullError(NotFetchedError):
    pass


@dataclass(frozen=True)
class Manners:
    """How servers are asked."""

    attempts: int = 5
    wait_s: float = 1.0  # before the second attempt; doubled before each further one
    timeout_s: float = 60.0


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = 5

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        secure = req.full_url.startswith("https:")
        if not newurl.startswith("https:" if secure else ("http:", "https:")):
            raise NotFetchedError(f"is redirected to {newurl}, which is no such address as it was asked at")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_opener = urllib.request.build_opener(_Redirects)


def download(
    url: str,
    target: pathlib.Path,
    *,
    most_bytes: int,
    check: Callable[[pathlib.Path], str],
    manners: Manners = Manners(),
    stop: threading.Event | None = None,
) -> bool:
    """Fetches `url` into `target`; False where the server says that there is no such file.

    What came before an interruption lies in `target` + ".part" and is continued if the server still has the same
    file. `check` says what is wrong with the whole file, "" for nothing. NotFetchedError after the last attempt.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    stop = stop or threading.Event()
    told = ""
    wait_s = manners.wait_s
    for attempt in range(manners.attempts):
        if attempt and stop.wait(wait_s):
            break
        wait_s = min(2 * wait_s, _LONGEST_WAIT_S) if attempt else wait_s
        try:
            _receive(url, target, most_bytes, manners, stop)
            told = check(_part(target))
            if not told:
                os.replace(_part(target), target)
                _note(target).unlink(missing_ok=True)
                return True
            _forget(target)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _ABSENT:
                _forget(target)
                return False
            told = f"the server answers {error.code} {error.reason}"
            if error.code == 416:
                _forget(target)
            elif error.code not in _RETRIED:
                break
            wait_s = max(wait_s, _asked_wait_s(error.headers.get("Retry-After")))
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            told = f"the server cannot be reached or broke off: {getattr(error, 'reason', None) or error!r}"
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise DiskFullError(
                    f"the disk is full at {target.name}: what was fetched stays; run it again"
                ) from None
            raise NotFetchedError(f"{target}: {error.strerror}") from None
    if stop.is_set():
        raise NotFetchedError("interrupted")
    raise NotFetchedError(f"{url}: {told}")


def _part(target: pathlib.Path) -> pathlib.Path:
    return target.with_name(target.name + ".part")


def _note(target: pathlib.Path) -> pathlib.Path:
    """What the server called the file that the part is of."""
    return target.with_name(target.name + ".part.json")


def _forget(target: pathlib.Path) -> None:
    _part(target).unlink(missing_ok=True)
    _note(target).unlink(missing_ok=True)


def _receive(url: str, target: pathlib.Path, most_bytes: int, manners: Manners, stop: threading.Event) -> None:
    """Brings the part to its whole length, as far as the server told one."""
    part, note = _part(target), _note(target)
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
    there = part.stat().st_size if part.exists() else 0
    tag = _tag_of(note, url) if there else ""
    if tag:
        headers |= {"Range": f"bytes={there}-", "If-Range": tag}
    with _opener.open(urllib.request.Request(url, headers=headers), timeout=manners.timeout_s) as answer:
        goes_on = answer.status == 206 and (answer.headers.get("Content-Range") or "").startswith(
            f"bytes {there}-"
        )
        if answer.status == 206 and not goes_on:
            _forget(target)
            raise http.client.IncompleteRead(b"")
        left = answer.headers.get("Content-Length")
        whole = None if left is None else int(left) + (there if goes_on else 0)
        if whole is not None and whole > most_bytes:
            raise NotFetchedError(f"{url}: has {whole:,} bytes, more than the {most_bytes:,} that are allowed")
        tag = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        if tag.startswith("W/"):  # a weak tag promises nothing of the bytes
            tag = answer.headers.get("Last-Modified") or ""
        note.write_text(json.dumps({"url": url, "tag": tag}), encoding="utf-8")
        with open(part, "ab" if goes_on else "wb") as out:
            size = there if goes_on else 0
            while chunk := answer.read(_CHUNK):
                out.write(chunk)
                size += len(chunk)
                if size > most_bytes:
                    raise NotFetchedError(f"{url}: sends more than the {most_bytes:,} bytes that are allowed")
                if stop.is_set():
                    raise NotFetchedError("interrupted")
            out.flush()
            os.fsync(out.fileno())
    if whole is not None and size != whole:
        raise http.client.IncompleteRead(b"", whole - size)


def _tag_of(note: pathlib.Path, url: str) -> str:
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        return str(told["tag"]) if told["url"] == url else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _asked_wait_s(text: str | None) -> float:
    """Of a Retry-After in seconds or as a date."""
    if not text:
        return 0.0
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(text).timestamp() - time.time()
        except (TypeError, ValueError):
            return 0.0
    return min(max(seconds, 0.0), _LONGEST_WAIT_S)
