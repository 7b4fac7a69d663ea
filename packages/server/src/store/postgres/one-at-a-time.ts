import type { Client } from "pg";

/** A statement ends with the first semicolon that is in no comment, text or body of a function. */
const oneStatement = /(?:--[^\n]*|'[^']*'|\$\$.*?\$\$|[^;])+?;/gs;

/** Runs commands that each end with a semicolon one at a time: Citus takes no more of them than one in a message. */
export async function oneAtATime(client: Client, commands: string): Promise<void> {
  for (const text of commands.match(oneStatement) ?? []) await client.query(text);
}
