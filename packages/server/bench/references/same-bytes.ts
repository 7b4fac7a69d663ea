/** The ceiling: bare `node:http` that reads each request's body and answers the bytes of a file, which one by how the path begins. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const told = process.argv.slice(2);
const replies: { path: string; bytes: Buffer; headers: Record<string, string> }[] = [];
for (let at = 0; at < told.length; at += 3) {
  const [path, file, headers] = told.slice(at, at + 3) as [string, string, string];
  replies.push({ path, bytes: readFileSync(file), headers: JSON.parse(headers) });
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    Buffer.concat(chunks);
    for (const { path, bytes, headers } of replies) {
      if (!request.url?.startsWith(path)) continue;
      response.writeHead(200, headers);
      response.end(bytes);
      return;
    }
    response.writeHead(404).end();
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
