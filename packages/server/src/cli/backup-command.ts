import type { Command } from "commander";
import { backUp } from "./data.ts";
import { print, withData } from "./options.ts";
import { progressLine } from "./progress-line.ts";

/** Adds `quanku backup`. */
export function addBackupCommand(program: Command): void {
  withData(program.command("backup <file>"))
    .description("copy the SQLite database into a new file, as of one moment, also beside a server that runs")
    .addHelpText(
      "after",
      `
What was acknowledged before the backup began is in it. The file appears when it is whole and checked, and is its user's alone.
It holds digests of secrets, and everything else of every app.

Restore: stop the server, remove quanku.db-wal and quanku.db-shm from the data directory, put the file there as quanku.db,
start the server, and see quanku verify.

Example:
  quanku backup /var/backups/quanku-$(date +%F).db`,
    )
    .action(async (file: string, place) => {
      const line = progressLine();
      try {
        const bytes = await backUp(place, file, ({ copied, of }) => line.show(`${copied} of ${of} pages copied`));
        line.clear();
        print({ file, bytes });
      } finally {
        line.clear();
      }
    });
}
