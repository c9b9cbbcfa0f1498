# Shared by the commands of this folder; sourced, never run. Everything it makes lies in .venv/ and .cache/,
# so that deleting these two folders is always a safe way to start afresh.
# shellcheck shell=bash

ROOT="$(cd -- "${BASH_SOURCE[0]%/*}/.." && pwd -P)"
CACHE="$ROOT/.cache"
VENV="$ROOT/.venv"
PY="$VENV/bin/python"
PANGO_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# What the caller's shell carries must not change what runs here; compiled files halve the start-up.
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV
unset PIP_REQUIRE_VIRTUALENV PIP_USER PIP_TARGET PIP_PREFIX PIP_NO_BINARY PIP_CONSTRAINT
# Where in its line a call stood is worth little in a traceback, and a quarter of the time to load what is compiled.
export PYTHONNODEBUGRANGES=1
export PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$@"; } # one line for each argument
note() { printf '%s\n' "$@" >&2; }
stop() {
  note ""
  note "$1"
  shift
  local line
  for line in "$@"; do note "  $line"; done
  exit 1
}

# A folder that pip, fontconfig and others may write to, even where HOME is missing or read-only.
private_home() {
  if [ -z "${HOME:-}" ] || [ ! -d "${HOME:-}" ] || [ ! -w "${HOME:-/}" ]; then
    mkdir -p "$CACHE/home"
    export HOME="$CACHE/home" XDG_CACHE_HOME="$CACHE/home/.cache"
  fi
}

make_cache() {
  { [ -d "$CACHE" ] || mkdir -p "$CACHE" 2>/dev/null; } && [ -w "$CACHE" ] && return
  [ -x "$PY" ] && return # a finished installation may be served from a read-only folder
  stop "Le dossier $ROOT n’est pas accessible en écriture." \
    "Placez-vous sous le compte à qui il appartient, ou donnez-le à ce compte :" \
    "sudo chown -R $(id -un) '$ROOT'"
}

# One set-up at a time: a second command waits for the first instead of meeting its half-made work.
lock_setup() {
  command -v flock >/dev/null 2>&1 && [ -w "$CACHE" ] || return 0
  exec 9>"$CACHE/set-up.lock"
  flock -n 9 && return
  note "Une autre mise en place est en cours ; celle-ci attend qu’elle finisse…"
  flock -w 900 9 || stop "L’autre mise en place n’a pas fini en un quart d’heure." "Relancez cette commande."
}
unlock_setup() { { exec 9>&-; } 2>/dev/null || true; }

is_debian() { command -v apt-get >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }
as_admin() { if is_root; then printf '%s' "$1"; else printf 'sudo %s' "$1"; fi; }

# Installs Debian packages as root; RUNLEVEL=1 keeps a freshly installed service from being started.
apt_install() {
  is_root && is_debian || return 1
  local -a run=(apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install "$@")
  local log="$CACHE/apt.log"
  export DEBIAN_FRONTEND=noninteractive
  RUNLEVEL=1 "${run[@]}" >"$log" 2>&1 </dev/null && return
  apt-get -qq -o DPkg::Lock::Timeout=300 update >>"$log" 2>&1 </dev/null
  RUNLEVEL=1 "${run[@]}" >>"$log" 2>&1 </dev/null && return
  note "L’installation de « $* » n’a pas réussi ; le détail est dans $log."
  return 1
}

# The first Python ≥ 3.11 found: the one named by PYTHON, else python3, else a numbered one.
find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
    candidate="$(command -v "$candidate" 2>/dev/null)" || continue
    if "$candidate" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
  return 1
}

need_python() {
  SYSTEM_PYTHON="$(find_python)" && return
  if is_root && is_debian && ! command -v python3 >/dev/null 2>&1; then
    say "Installation de Python…"
    apt_install python3 python3-venv && SYSTEM_PYTHON="$(find_python)" && return
  fi
  stop "Il faut Python 3.11 ou plus récent (Debian 12, Ubuntu 24.04 ou après) ; il n’a pas été trouvé ici." \
    "$(as_admin 'apt-get install python3 python3-venv')" \
    "Si un Python plus récent est ailleurs : PYTHON=/chemin/vers/python3 $0"
}

# A virtual environment is sound when its own Python runs, is recent enough and has pip.
venv_is_sound() {
  [ -x "$PY" ] && "$PY" -I -c '
import importlib.util, sys
sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix or importlib.util.find_spec("pip") is None)' \
    2>/dev/null
}

make_venv() {
  venv_is_sound && return
  need_python
  if [ -e "$VENV" ] || [ -L "$VENV" ]; then
    say "L’environnement .venv est incomplet ou d’un autre Python : il est refait."
    rm -rf -- "$VENV" || stop "Le dossier .venv ne peut pas être effacé." "Effacez-le : $(as_admin "rm -rf '$VENV'")"
  fi
  local log="$CACHE/venv.log"
  "$SYSTEM_PYTHON" -m venv "$VENV" >"$log" 2>&1 && venv_is_sound && return
  rm -rf -- "$VENV"
  local numbered
  numbered="python$("$SYSTEM_PYTHON" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
  if is_root && is_debian; then
    say "Installation de python3-venv…"
    if apt_install python3-venv || apt_install "$numbered"; then
      "$SYSTEM_PYTHON" -m venv "$VENV" >"$log" 2>&1 && venv_is_sound && return
      rm -rf -- "$VENV"
    fi
  fi
  stop "L’environnement de Python n’a pas pu être créé : il manque sans doute le paquet python3-venv." \
    "$(as_admin 'apt-get install python3-venv')" "puis relancez : $0" "Détail : $log"
}

# What an installation was made from: the pinned list and the very Python that runs it.
fingerprint() { cksum "$ROOT/$1" "$PY" 2>/dev/null | while read -r sum size _; do printf '%s %s ' "$sum" "$size"; done; }
stamp_of() { printf '%s' "$VENV/.installed-${1%.txt}"; }
is_installed() {
  local stamp
  stamp="$(stamp_of "$1")"
  [ -x "$PY" ] && [ -e "$stamp" ] && [ "$(<"$stamp")" = "$(fingerprint "$1")" ]
}

# install_requirements FILE — only when the list or Python changed since it was last installed in full.
install_requirements() {
  local stamp log="$CACHE/pip.log" attempt
  stamp="$(stamp_of "$1")"
  [ -w "$VENV" ] || stop "Le dossier .venv appartient à un autre compte et n’est plus à jour." \
    "Relancez sous ce compte, ou effacez-le : $(as_admin "rm -rf '$VENV'")"
  say "Installation des bibliothèques ($1)…"
  rm -f "$stamp"
  for attempt in 1 2; do
    if "$PY" -m pip install --quiet --require-hashes --no-deps --prefer-binary -r "$ROOT/$1" >"$log" 2>&1 </dev/null; then
      fingerprint "$1" >"$stamp.new" && mv -f "$stamp.new" "$stamp"
      return
    fi
    [ "$attempt" = 2 ] || { note "Le téléchargement a été interrompu ; nouvel essai…" && sleep 2; }
  done
  tail -n 5 "$log" >&2
  stop "Les bibliothèques n’ont pas pu être installées." \
    "Vérifiez l’accès à Internet (ou au miroir de paquets), puis relancez : $0" "Détail : $log"
}

# Catalogues are compiled when a .po is newer than its .mo; without them the pages are in French.
compile_catalogues() {
  local po mo
  for po in "$ROOT"/app/translations/*/LC_MESSAGES/messages.po; do
    [ -f "$po" ] || continue
    mo="${po%.po}.mo"
    [ -f "$mo" ] && [ ! "$po" -nt "$mo" ] && continue
    if ! { "$PY" -m babel.messages.frontend --quiet compile -i "$po" -o "$mo.new.$$" && mv -f "$mo.new.$$" "$mo"; } \
      >>"$CACHE/catalogues.log" 2>&1; then
      note "Le catalogue $po n’a pas pu être compilé : les pages de cette langue restent en français."
    fi
  done
}

# missing_libraries — prints what WeasyPrint needs and the system does not have.
missing_libraries() {
  "$PY" -I -S -c '
import ctypes, sys
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0") if sys.platform == "linux" else ():
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)'
}

# Whether the files lie where Debian puts them: to load them would take longer than all else before the server.
libraries_lie_there() {
  local name
  for name in libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do
    compgen -G "/usr/lib/$HOSTTYPE-linux-gnu*/$name" >/dev/null || return 1
  done
}

check_libraries() {
  libraries_lie_there && return
  [ -n "$(missing_libraries)" ] || return 0
  if is_root && is_debian; then
    say "Installation de Pango, qui met les documents en page…"
    # shellcheck disable=SC2086  # a list of words
    apt_install $PANGO_PACKAGES && [ -z "$(missing_libraries)" ] && return
  fi
  note ""
  note "Pour imprimer des documents PDF, il manque : $(missing_libraries | tr '\n' ' ')"
  note "  $(as_admin "apt-get install --no-install-recommends $PANGO_PACKAGES")"
  note "Le reste fonctionne déjà ; les boutons des documents rappelleront cette ligne."
  note ""
}

# set_up FILE — everything that the product's own commands need; a few milliseconds once it is there.
set_up() {
  private_home
  make_cache
  if ! is_installed "$1"; then
    lock_setup
    if ! is_installed "$1"; then
      make_venv
      install_requirements "$1"
    fi
  fi
  compile_catalogues
}
