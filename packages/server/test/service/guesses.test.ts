import { beforeEach, describe, expect, it } from "vitest";
import { Guesses, networkOf } from "../../src/service/access/guesses.ts";

let now: number;
let guesses: Guesses;
beforeEach(() => {
  now = 1_700_000_000;
  guesses = new Guesses(() => now);
});

/** Guesses wrong once: true, or the seconds to wait. */
const guess = (name: string, address: string, isKnown = false): true | number => {
  const taken = guesses.take(name, address, isKnown);
  return "wait" in taken ? taken.wait : true;
};
/** How many of so many guesses are let through. */
const through = (count: number, one: (i: number) => true | number) =>
  Array.from({ length: count }, (_, i) => one(i)).filter((result) => result === true).length;

describe("wrong guesses", () => {
  it("at a name from an address are ten at once, then one a minute", () => {
    expect(through(15, () => guess("boss", "a"))).toBe(10);
    expect(guess("boss", "a")).toBe(60);
    now += 59;
    expect(guess("boss", "a")).toBe(1);
    now += 1;
    expect([guess("boss", "a"), guess("boss", "a")]).toEqual([true, 60]);
    expect(guess("li", "a"), "another name from there").toBe(true);
    expect(guess("boss", "b"), "that name from elsewhere").toBe(true);
  });

  it("from an address are fifty at once at many names, then one in ten seconds", () => {
    expect(through(80, (i) => guess(`name${i}`, "a"))).toBe(50);
    expect(guess("boss", "a")).toBe(10);
    now += 10;
    expect([guess("boss", "a"), guess("li", "a")]).toEqual([true, 10]);
    expect(guess("boss", "b")).toBe(true);
  });

  it("at a name from many addresses are a hundred at once, then one in half a minute, but where it is known", () => {
    expect(through(1000, (i) => guess("boss", `10.0.${i >> 8}.${i & 255}`))).toBe(100);
    expect(guess("boss", "office")).toBe(30);
    expect(guess("boss", "office", true)).toBe(true);
    expect(guess("li", "office")).toBe(true);
    now += 30;
    expect(guess("boss", "home")).toBe(true);
  });

  it("never lock anybody out for good, however long they were made", () => {
    for (let minute = 0; minute < 600; minute++, now += 60) through(20, (i) => guess("boss", `${i}`));
    through(20, (i) => guess("boss", `${i}`));
    const wait = guess("boss", "0");
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    now += Number(wait);
    expect(guess("boss", "0")).toBe(true);
  });

  it("are given back where the password was right, and none is taken where another bucket is empty", () => {
    for (let i = 0; i < 30; i++) {
      const taken = guesses.take("boss", "a", false);
      if ("wait" in taken) throw new Error("a right password counted as a guess");
      taken.giveBack();
    }
    through(10, () => guess("boss", "a"));
    expect(through(40, () => guess("boss", "a"))).toBe(0);
    expect(
      through(80, (i) => guess(`name${i}`, "a")),
      "of the fifty of the address ten are gone",
    ).toBe(40);
  });

  it("from all of an IPv6 network count together, and a clock set back gives none back", () => {
    expect(through(20, (i) => guess("boss", `2001:db8:1:2::${i}`))).toBe(10);
    expect(guess("boss", "2001:db8:1:3::1")).toBe(true);
    now -= 100_000;
    expect(guess("boss", "2001:db8:1:2::ffff")).toBe(60);
  });

  it("are remembered of the last 20 000 names and addresses, and no more", () => {
    expect(through(20, () => guess("boss", "a"))).toBe(10);
    for (let i = 0; i < 19_000; i++) guess(`${i}`, `${i}`);
    expect(guess("boss", "a")).toBe(60);
    for (let i = 0; i < 20_001; i++) guess(`${i}`, `${i}`);
    expect(guess("boss", "a")).toBe(true);
  });
});

it.each([
  ["203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:DB8::1", "2001:db8:0:0"],
  ["2001:0db8:0000:0001::", "2001:db8:0:1"],
  ["::1", "0:0:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["", ""],
  ["unknown", "unknown"],
])("%j is of the network %j", (address, network) => expect(networkOf(address)).toBe(network));
