import { readFileSync } from "node:fs";

/** How often it is looked whether npm lives, in milliseconds. */
const INTERVAL = 250;

/** Who started us, from the first on: npm may end before we have begun to look. */
const starters = startersNow();

/**
 * Calls `gone` once where the program was started by npm or npx and they end. They pass a signal on to the shell between
 * them and the program at best, and the shell does not: without this the server would run on with nobody to stop it.
 */
export function whenNpmEnds(gone: () => void): void {
  const isFromNpm = process.env.npm_command !== undefined || process.env.npm_lifecycle_event !== undefined;
  if (!isFromNpm) return;
  const looking = setInterval(() => {
    if (startersNow() === starters) return;
    clearInterval(looking);
    gone();
  }, INTERVAL).unref();
}

/** The parent's id, and that of the shell's parent where the parent is a shell and the system tells. */
function startersNow(): string {
  const { ppid } = process;
  try {
    const [, parentOfShell = ""] =
      /\((?:sh|ash|dash|bash|zsh)\) \w (\d+) /.exec(readFileSync(`/proc/${ppid}/stat`, "utf8")) ?? [];
    return `${ppid} ${parentOfShell}`;
  } catch {
    return `${ppid} `;
  }
}
