#!/bin/sh
# A dump of the database every BACKUP_HOURS into /backups (or $1), those of KEEP_DAYS kept. It is
# named only once it is whole, so whatever ends in .dump can be restored. PG* name the database.
set -eu

folder=${1:-/backups}
umask 077

while :; do
    name="$folder/thidua-$(date -u +%Y%m%dT%H%M%SZ)"
    if pg_dump --format=custom --no-owner --file="$name.part" &&
        pg_restore --list "$name.part" >/dev/null; then
        mv "$name.part" "$name.dump"
        echo "wrote $name.dump"
        find "$folder" -name 'thidua-*.dump' -mtime "+${KEEP_DAYS:-14}" -delete
    else
        # Old dumps stay while new ones fail; the health check shows that none is fresh.
        echo "the backup failed" >&2
        rm -f "$name.part"
    fi
    [ "${BACKUP_HOURS:-24}" = 0 ] && exit 0
    sleep "$((${BACKUP_HOURS:-24} * 3600))"
done
