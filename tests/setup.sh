#!/usr/bin/env bash
# What the tests need besides Python packages: a browser, Java, what WeasyPrint needs of the system and some node packages;
# with --long also a C compiler, the sources of locales, nginx and Caddy. Fails where one cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v java >/dev/null || missing+=(default-jre-headless)
command -v npm >/dev/null || missing+=(nodejs npm)
.venv/bin/python -W error::UserWarning -c 'import weasyprint' >/dev/null 2>&1 ||
  missing+=(libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core)
if [ "${1:-}" = --long ]; then
  command -v cc >/dev/null || missing+=(gcc libc6-dev)
  [ -e /usr/share/i18n/locales/tr_TR ] || missing+=(locales)
  command -v nginx >/dev/null || missing+=(nginx-light)
  command -v caddy >/dev/null || missing+=(caddy)
fi
if [ "${#missing[@]}" -gt 0 ]; then
  command -v apt-get >/dev/null || { echo "install these first: ${missing[*]}" >&2; exit 1; }
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
fi
