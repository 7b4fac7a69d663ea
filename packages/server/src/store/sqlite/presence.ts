import { statSync } from "node:fs";
import { join } from "node:path";
import { DATABASE_FILE } from "./connection.ts";

/** Whether a data directory holds a database. Looks only; throws where it may not. */
export const hasSqliteData = (dataDir: string): boolean =>
  statSync(join(dataDir, DATABASE_FILE), { throwIfNoEntry: false }) !== undefined;

/** Whether a data directory is there, whatever it holds. */
export const hasDirectory = (dataDir: string): boolean => statSync(dataDir, { throwIfNoEntry: false }) !== undefined;
