import { connect, createServer, type Socket } from "node:net";

/** When to cut a connection: before a COMMIT reaches the database, or once the database has answered it. */
export type Cut = "before the commit" | "after the commit";

/** Stands between a store and its database, and cuts the connection at the next COMMIT for each cut it is told to make. */
export async function cuttingProxy(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const cuts: Cut[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname);
    const end = () => {
      near.destroy();
      far.destroy();
    };
    let isDoomed = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", end).on("close", end);
    }
    near.on("data", (sent) => {
      const cut = sent.includes("COMMIT\0") ? cuts.shift() : undefined;
      if (cut === "before the commit") return end();
      isDoomed ||= cut === "after the commit";
      far.write(sent);
    });
    far.on("data", (answered) => {
      if (!isDoomed) near.write(answered);
      else if (answered.includes("COMMIT\0")) end();
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.port = String((proxy.address() as { port: number }).port);
  return {
    url: url.href,
    /** Cuts at the next commits, one after another. */
    cut: (...next: Cut[]) => void cuts.push(...next),
    /** The cuts that are still to be made. */
    get left() {
      return cuts.length;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}
