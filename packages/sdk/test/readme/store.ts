import { createClient, type TokenStore } from "@quanku/sdk";

/** Stands for Redis, a table or a KV namespace: whatever all processes see. */
const shared = new Map<string, string>();

const store: TokenStore = {
  get: async (key) => JSON.parse(shared.get(key) ?? "null"),
  set: async (key, token) => shared.set(key, JSON.stringify(token)),
};

const shop = { baseUrl: "http://127.0.0.1:8080", appid: "wx9e20708660a0991b", secret: "quanku-demo-secret" };
const processes = [1, 2, 3].map(() => createClient({ ...shop, tokens: "regular", store }));
for (const client of processes) await client.get_list({ page_size: 1 });
console.log(`${shared.size} token for ${processes.length} processes`);
