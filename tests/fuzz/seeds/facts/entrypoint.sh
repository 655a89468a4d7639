entrypoint.sh
#!/bin/sh
set -e
exec >log 2>&1
exec 3<&0
if x; then exec "$@"; fi
exec -a n /app/run
