import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { files } from "./render.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
for (const [path, text] of Object.entries(files())) {
  writeFileSync(join(root, path), text);
  process.stdout.write(`${path}\n`);
}
