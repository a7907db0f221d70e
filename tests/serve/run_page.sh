#!/usr/bin/env bash
# run_page.sh WEB BUILD: the tests of web/test in Chromium, on the program that AMANEKU_PROGRAM names and its page in
# BUILD/web/dist. What they measured, or the reason of exit code 77 where something for them is missing, is left in
# BUILD/web/page-tests.txt.
set -euo pipefail
web=$1 build=$2
told=$build/web/page-tests.txt
mkdir -p "$build/web"
rm -f "$told"

skip() {
  echo "tests of the map page skipped: $*" | tee "$told"
  exit 77
}

command -v node >/dev/null || skip "there is no Node.js"
[[ -f $build/web/dist/index.html ]] || skip "the page was not built (npm)"
[[ -x $web/node_modules/.bin/playwright ]] || skip "the packages of web/package-lock.json are not there (npm)"
for chromium in "${AMANEKU_CHROMIUM:-}" /usr/bin/chromium ""; do
  [[ ! -x $chromium ]] || break
done
[[ -n $chromium ]] || skip "there is no Chromium"
cd "$web"
export AMANEKU_CHROMIUM=$chromium AMANEKU_WEB_OUT=$build/web/test-results AMANEKU_WEB_FIGURES=$told
exec node_modules/.bin/playwright test
