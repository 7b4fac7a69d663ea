import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import { play, type Story } from "./story.ts";
import type { Work } from "./work.ts";

/** How often the power goes in each life of a story. */
const CUTS = Number(process.env.QUANKU_POWER_CUTS ?? 8);

const journalFirst = "always";
const claims = (claims: number, options: Work["options"] = {}, more: Partial<Work> = {}) => ({
  crowd: 0,
  first: 0,
  claims,
  clients: 8,
  options,
  ...more,
});

const stories: Story[] = [
  { name: "commits to all tables at once", lives: [claims(160)] },
  { name: "settles three at a time", lives: [claims(160, { journalFirst, generation: 3 })], owes: true },
  {
    name: "settles many at a time",
    lives: [claims(600, { journalFirst, generation: 100 }, { clients: 24 })],
    owes: true,
  },
  {
    name: "settles three at a time on a thread",
    lives: [claims(120, { generation: 3 }, { crowd: 600 })],
    owes: true,
  },
  {
    name: "settles on a thread, and as it opens",
    lives: [claims(480, { generation: 150 }, { crowd: 600 }), claims(40, {}, { first: 60 })],
    between: "power",
    owes: true,
    checkpoints: true,
  },
  { name: "was killed and has opened again", lives: [claims(80), claims(80)], between: "kill" },
];

/** ptrace is Linux's, and calls have numbers of their own on each architecture. */
const canRecord = process.platform === "linux" && ["x64", "arm64"].includes(process.arch);

describe.skipIf(!canRecord)("what was acknowledged is there after the power went (recorded on Linux), where it", () => {
  it.each(stories)("$name", async (story) => {
    const { path, remove } = temporaryDirectory();
    onTestFinished(remove);
    const seen = await play(story, path, CUTS, Math.floor(Math.random() * 2 ** 32));
    expect(seen.cuts).toBe(CUTS * story.lives.length);
    expect(seen.unsynced, "cuts with something unsynced").toBeGreaterThan(0);
    if (story.owes) expect(seen.owing, "cuts with something owed").toBeGreaterThan(0);
    if (story.checkpoints) expect(seen.checkpointing, "cuts amid a checkpoint").toBeGreaterThan(0);
  });
});
