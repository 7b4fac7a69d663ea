import { connect, type Socket } from "node:net";

type Bytes = string | Buffer;

/** How long a connection may stay silent before it counts as waiting for more, in milliseconds. */
const SILENCE = 60_000;

/**
 * Opens a connection, writes bytes as they are, and answers all that came back until the server closed it, reset it
 * (`<reset>`), or fell silent (`<open>`).
 */
export function exchange(port: number, ...parts: Bytes[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    const end = (how: string) => {
      socket.destroy();
      resolve(received + how);
    };
    socket.setTimeout(SILENCE, () => end("<open>"));
    socket.on("data", (data) => {
      received += data.toString("latin1");
    });
    socket.on("error", () => end("<reset>"));
    socket.on("close", () => end(""));
    for (const part of parts) socket.write(part);
  });
}

/** Opens a connection, writes, and resets it once the server has had the bytes for a while. */
export async function breakOff(port: number, ...parts: Bytes[]): Promise<void> {
  const socket: Socket = connect(port, "127.0.0.1");
  for (const part of parts) await new Promise((resolve) => socket.write(part, resolve));
  await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => socket.once("close", resolve).resetAndDestroy());
}

/** The status lines and JSON bodies in what an exchange answered. */
export const statusesIn = (received: string): number[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)).filter((status) => status !== 100);
export const errcodesIn = (received: string): number[] =>
  [...received.matchAll(/\{"errcode":(-?\d+)/g)].map(([, errcode]) => Number(errcode));
