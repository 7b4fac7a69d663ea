import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import listed from "../../../protocol/reference/bodies/documented/get_list.response.json" with { type: "json" };
import { directory, startServer } from "./server-process.ts";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl) console.warn("curl is not on this machine: the commands of the start screen are not tried");

/** The commands of a start screen as it prints them: the lines that begin at the margin. */
const commandsOf = (screen: string): string[] => screen.split("\n").filter((line) => /^\S/.test(line));

function paste(commands: string): string {
  const { PATH } = process.env;
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-c", commands], { env: { PATH }, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

it.skipIf(!hasCurl)("serves the documented list to the two commands it prints, on every start", async () => {
  const dataDir = directory();
  for (const start of ["first", "second"]) {
    const server = await startServer(dataDir, "--demo");
    const commands = commandsOf(server.written.stdout);
    expect(commands).toHaveLength(2);
    expect(paste(commands.join("\n")), `${start} start`).toBe(JSON.stringify(listed));
    expect(listed.total_num).toBe(10);
    expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
  }
});
