#!/usr/bin/env bash
# Runs the Fabric network on this machine: up | deploy | status | logs NODE | down (network.sh --help).
set -euo pipefail
command -v node >/dev/null || { echo "network.sh needs Node 20.9 or later: https://nodejs.org" >&2; exit 1; }
exec node "$(dirname "${BASH_SOURCE[0]}")/network.mjs" "$@"
