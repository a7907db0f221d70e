"""The command `amaneku data`: list, fetch, verify."""

from __future__ import annotations

import argparse
import pathlib
import sys
from collections.abc import Sequence
from typing import NoReturn

from amaneku import _core
from amaneku._faults import refused
from amaneku.data._fetch import DEFAULT_LAYERS, Outcome, Request, fetch
from amaneku.data._folder import MANIFEST, Folder
from amaneku.data._sources import LAYERS, Source, read_sources

DONE, NOT_ALL, INPUT_WRONG, INTERRUPTED = 0, 1, 2, 130

_WORDS = {
    "en": {
        "wanted": "{0:,} files wanted, {1:,} at hand, {2:,} to fetch, about {3} MiB",
        "first": "The boundaries of the prefecture come first: once at hand, the other layers can be counted.",
        "done": "{0:,} files wanted: {1:,} were at hand, {2:,} fetched ({3} MiB), {4:,} the servers do not have",
        "failed": "{0:,} could not be fetched; run it again for the rest",
        "credits": "Credits (出典) that results must carry:",
        "licence": "licence",
        "good": "{0:,} files are as they were fetched",
        "bad": "{0}: is missing or was changed since; fetch again",
        "progress": "{0} of {1} files",
        "not_chosen": "only by --source",
        "next": "Next: amaneku new --data {0}",
    },
    "ja": {
        "wanted": "対象 {0:,} 件、取得済み {1:,} 件、取得予定 {2:,} 件、約 {3} MiB",
        "first": "先に都道府県の行政区域を取得する。他のデータの件数は取得後に分かる。",
        "done": "対象 {0:,} 件: 取得済み {1:,} 件、今回取得 {2:,} 件（{3} MiB）、提供元になし {4:,} 件",
        "failed": "{0:,} 件を取得できなかった。再実行すると残りだけを取得する",
        "credits": "成果物に表示する出典:",
        "licence": "利用条件",
        "good": "{0:,} 件は取得時のまま",
        "bad": "{0}: 欠落又は取得後に変更。再取得のこと",
        "progress": "{1} 件中 {0} 件",
        "not_chosen": "--source で指定したときのみ",
        "next": "次: amaneku new --data {0}",
    },
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"amaneku data: {message} (amaneku data --help)", file=sys.stderr)
        sys.exit(INPUT_WRONG)


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 done, 1 not all could be fetched or is as it was, 2 the input is wrong."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)
    except _core.InputError as error:
        for fault in getattr(error, "faults", ()) or (error,):
            print(fault, file=sys.stderr)
        return INPUT_WRONG
    except KeyboardInterrupt:
        print("interrupted: what was fetched stays; run it again for the rest", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        print(f"{error.filename or 'data'}: {error.strerror or error}", file=sys.stderr)
        return INPUT_WRONG


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="amaneku data", description="Public data from their sources, into one folder.")
    commands = parser.add_subparsers(required=True, metavar="list|fetch|verify")
    shown = commands.add_parser("list", help="the sources, with licences and credits")
    shown.set_defaults(run=_list)
    got = commands.add_parser("fetch", help="fetch what is not at hand")
    got.set_defaults(run=_fetch)
    got.add_argument("--to", metavar="FOLDER", required=True, help="folder of the data")
    got.add_argument("--municipality", metavar="CODE", default="", help="five digits, or six: 30422")
    got.add_argument("--bbox", metavar="W,S,E,N", default="", help="degrees, instead of a municipality")
    got.add_argument("--country", metavar="ISO3", default="JPN", help="of a box outside Japan: NPL")
    got.add_argument("--prefectures", metavar="NN,...", default="", help="of a box in Japan: 19,22")
    got.add_argument("--region", metavar="PATH", default="", help="of Geofabrik, for roads outside Japan")
    got.add_argument("--layers", metavar="LAYER,...", default="", help=f"of {', '.join(LAYERS)}")
    got.add_argument("--source", metavar="NAME", action="append", default=[], help="take this source (repeatable)")
    got.add_argument("--margin-m", type=float, default=Request.margin_m, help="around the municipality or box")
    got.add_argument("--dry-run", action="store_true", help="say what would be fetched")
    got.add_argument("--base-url", metavar="URL", default="", help="a mirror: URL/HOST/PATH of each address")
    checked = commands.add_parser("verify", help="hold the files against data.json")
    checked.set_defaults(run=_verify)
    checked.add_argument("folder", metavar="FOLDER")
    for command in (shown, got, checked):
        command.add_argument("--lang", choices=("en", "ja"), default="en")
    for command in (shown, got):
        command.add_argument("--sources", metavar="FILE", action="append", default=[], help="sources of your own")
    return parser


def _list(asked: argparse.Namespace) -> int:
    words = _WORDS[asked.lang]
    layer = ""
    for source in sorted(read_sources(asked.sources).values(), key=lambda s: LAYERS.index(s.layer)):
        if source.layer != layer:
            layer = source.layer
            print(layer)
        note = "" if source.chosen else f" ({words['not_chosen']})"
        print(f"  {source.name:18} {_title(source, asked.lang)}{note}")
        print(f"  {'':18} {words['licence']}: {source.licence}")
    return DONE


def _fetch(asked: argparse.Namespace) -> int:
    words = _WORDS[asked.lang]
    request = Request(
        municipality=asked.municipality,
        bbox_deg=_numbers(asked.bbox),
        country=asked.country,
        prefectures=_list_of(asked.prefectures),
        region=asked.region,
        layers=_list_of(asked.layers),
        sources=tuple(asked.source),
        margin_m=asked.margin_m,
        base_url=asked.base_url,
    )
    last = {"percent": -1}

    def progress(done: int, wanted: int, name: str) -> None:
        percent = 100 * done // wanted
        if percent // 10 != last["percent"] // 10:
            last["percent"] = percent
            print(f"{words['progress'].format(done, wanted)} ({name})", file=sys.stderr, flush=True)

    outcome = fetch(asked.to, request, source_files=asked.sources, dry_run=asked.dry_run, progress=progress)
    if asked.dry_run:
        return _told(outcome, words)
    print(words["done"].format(outcome.wanted, outcome.at_hand, outcome.fetched, _mib(outcome), outcome.absent))
    if outcome.failures:
        for failure in outcome.failures[:20]:
            print(failure, file=sys.stderr)
        print(words["failed"].format(len(outcome.failures)), file=sys.stderr)
        return NOT_ALL
    _credits(pathlib.Path(asked.to), asked.lang)
    print(words["next"].format(asked.to))
    return DONE


def _told(outcome: Outcome, words: dict[str, str]) -> int:
    for name, (files, bytes_) in outcome.by_source.items():
        print(f"  {name:18} {files:7,} {bytes_ / (1 << 20):9,.1f} MiB")
    rest = outcome.wanted - outcome.at_hand
    print(words["wanted"].format(outcome.wanted, outcome.at_hand, rest, _mib(outcome)))
    if not outcome.area_known:
        print(words["first"])
    return DONE


def _mib(outcome: Outcome) -> str:
    return f"{outcome.bytes / (1 << 20):,.1f}"


def _credits(path: pathlib.Path, language: str) -> None:
    folder = Folder(path)
    print(_WORDS[language]["credits"])
    own = "credit_ja" if language == "ja" else "credit"
    for credit in dict.fromkeys(str(told.get(own) or told.get("credit")) for told in folder.sources.values()):
        print(f"  {credit}")


def _verify(asked: argparse.Namespace) -> int:
    words = _WORDS[asked.lang]
    path = pathlib.Path(asked.folder)
    if not (path / MANIFEST).is_file():
        raise refused(f"has no {MANIFEST}", key="folder", value=str(path), legal="a folder of amaneku data fetch")
    folder = Folder(path)
    bad = [name for entry in folder.entries.values() for name in folder.damaged(entry)]
    for name in bad:
        print(words["bad"].format(name), file=sys.stderr)
    if bad:
        return NOT_ALL
    print(words["good"].format(sum(len(entry.files) for entry in folder.entries.values())))
    return DONE


def _title(source: Source, language: str) -> str:
    return source.title_ja if language == "ja" and source.title_ja else source.title


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(",")) if text else ()
    except ValueError:
        raise refused("is no box", key="bbox", value=text, legal="west,south,east,north in degrees") from None


def _list_of(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


__all__ = ["DEFAULT_LAYERS", "main"]
