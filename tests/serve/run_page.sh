#!/usr/bin/env bash
# run_page.sh WEB BUILD: the tests of web/test in Chromium, on the program that AMANEKU_PROGRAM names and its page in
# BUILD/web/dist. Exit code 77, with the reason, where something for it is missing.
set -euo pipefail
web=$1 build=$2

skip() {
  echo "skipped: $*"
  exit 77
}

[[ -f $build/web/dist/index.html ]] || skip "the map page was not built (npm)"
[[ -x $web/node_modules/.bin/playwright ]] || skip "the packages of web/package-lock.json are not there (npm)"
[[ -x ${AMANEKU_CHROMIUM:-/usr/bin/chromium} ]] || skip "there is no Chromium"
cd "$web"
export AMANEKU_WEB_OUT=$build/web/test-results
exec node_modules/.bin/playwright test
