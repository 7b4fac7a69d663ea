import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

/** As many connections as `pg` opens when it is not told, and as Quanku does. */
const CONNECTIONS = 10;

/** What each reference on PostgreSQL shares: `node:http`, a pool, and one function from a request's path and body to bytes. */
export function servePostgres(
  url: string,
  answer: (pool: pg.Pool, path: string, body: string) => Promise<string>,
): void {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const reply = Buffer.from(await answer(pool, request.url ?? "", Buffer.concat(chunks).toString()));
      response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": reply.length });
      response.end(reply);
    });
  });
  server.listen(0, "127.0.0.1", () => {
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
}
