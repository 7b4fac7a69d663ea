import { expect, it } from "vitest";
import { readPeople } from "../../src/http/admin/people-list.ts";

it("a list is refused with more openids than there may be", async () => {
  async function* many() {
    const piece = Buffer.from(Array.from({ length: 10_000 }, (_, i) => `p${i}\n`).join(""));
    for (let sent = 0; sent < 100; sent++) yield piece;
    yield Buffer.from("\none-too-many\n");
  }
  let people = 0;
  const reading = async () => {
    for await (const _ of readPeople(many())) people++;
  };
  await expect(reading()).rejects.toMatchObject({
    faults: [{ field: "line 1000002", detail: expect.stringContaining("one too many") }],
  });
  expect(people).toBeLessThanOrEqual(1_000_000);
});
