/** The ceiling: bare `node:http` that reads each request's body and answers the bytes of a file. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const [file, headers] = process.argv.slice(2) as [string, string];
const bytes = readFileSync(file);
const replyHeaders = JSON.parse(headers) as Record<string, string>;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    Buffer.concat(chunks);
    response.writeHead(200, replyHeaders);
    response.end(bytes);
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
