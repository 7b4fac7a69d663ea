import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";

/** Before tests that open a browser: the console is built of what stands here, and the browser is unpacked once for all of them. */
export default async function setUp(): Promise<void> {
  // In a process of its own: a build for tests would be another than people get.
  execFileSync(process.execPath, [fileURLToPath(new URL("../build.ts", import.meta.url))], { stdio: "inherit" });
  await chromium.executablePath();
}
