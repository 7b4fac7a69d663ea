import { expect, it } from "vitest";
import { Gathering } from "../../src/service/gathering.ts";

it("bytes that come one by one are kept as they came, and take no more than twice what they hold", () => {
  const gathered = new Gathering();
  const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => at % 251));
  let buffers = 0;
  let capacity = 0;
  for (const byte of bytes) {
    gathered.add(Uint8Array.of(byte));
    expect(gathered.capacity).toBeLessThanOrEqual(2 * gathered.length);
    if (gathered.capacity !== capacity) buffers++;
    capacity = gathered.capacity;
  }
  expect(gathered.bytes.equals(bytes)).toBe(true);
  expect([gathered.length, gathered.pieces]).toEqual([5000, 5000]);
  expect(buffers, "it is copied seldom").toBeLessThan(20);
});
