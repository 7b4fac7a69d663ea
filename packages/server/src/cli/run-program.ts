import type { Command } from "commander";
import { explain } from "./errors.ts";

/** Runs the command line; what it cannot do it says in one line, and ends with exit code 1. */
export async function runProgram(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    process.stderr.write(`quanku: ${explain(error)}\n`);
    process.exitCode = 1;
  }
}
