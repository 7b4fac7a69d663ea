import { createSocket, type Socket } from "node:dgram";

/** A name server on loopback: it knows `good.test` (127.0.0.1), says of `none.test` that there is none, and is silent else. */
export async function startNameServer(): Promise<{ socket: Socket; asked: string[]; address: string }> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] as number; length > 0; length = query[at] as number) {
      labels.push(query.subarray(at + 1, at + 1 + length).toString());
      at += 1 + length;
    }
    const type = query.readUInt16BE(at + 1);
    const name = labels.join(".").toLowerCase();
    asked.push(name);
    const question = query.subarray(12, at + 5);
    const isAddress = name === "good.test" && type === 1;
    if (name !== "good.test" && name !== "none.test") return;
    const header = Buffer.from([
      0,
      0,
      0x81,
      name === "none.test" ? 0x83 : 0x80,
      0,
      1,
      0,
      isAddress ? 1 : 0,
      0,
      0,
      0,
      0,
    ]);
    query.copy(header, 0, 0, 2);
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
    socket.send(Buffer.concat([header, question, ...(isAddress ? [record] : [])]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return { socket, asked, address: `127.0.0.1:${socket.address().port}` };
}
