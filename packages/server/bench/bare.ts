import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Server, startReference } from "./processes.ts";

/** What is answered to requests whose path begins so, or to all others. */
export type Reply = { path?: string; bytes: Buffer; headers: Record<string, string> };

/** 60 bytes: about what a call that changed something answers, headers aside. */
const short = Buffer.from(JSON.stringify({ errcode: 0, filler: "-".repeat(60 - 25) }));
export const shortReply: Reply = {
  bytes: short,
  headers: { "content-type": "application/json; charset=utf-8", "content-length": `${short.length}` },
};

/** Starts bare `node:http` that reads each request's body, does no work, and answers the same bytes. They are kept in a file of the directory. */
export function startBare(directory: string, ...replies: Reply[]): Promise<Server> {
  const args = replies.flatMap(({ path = "/", bytes, headers }, nth) => {
    const file = join(directory, `bare-${nth}.json`);
    writeFileSync(file, bytes);
    return [path, file, JSON.stringify(headers)];
  });
  return startReference("same-bytes.ts", ...args);
}
