import { describe, expect, it } from "vitest";
import { filledIn, samples } from "../src/pages/callbacks/samples.ts";

const keys = { appid: "wx_other", token: "Tok3n", encodingAesKey: "Qk9vR3Zs+WJ0/DFmbjVoYzdwMmEvbGQ4bTNzNnUwaT0" };

describe.each(samples)("the sample merchant in $language", (sample) => {
  it("has each place of a key once, where the app's own is put", () => {
    for (const { before } of Object.values(sample.places)) expect(sample.text.split(before)).toHaveLength(2);
    const text = filledIn(sample, keys);
    for (const value of Object.values(keys)) expect(text.split(value)).toHaveLength(2);
    expect(text).not.toMatch(/AAAAA|wx9e20708660a0991b/);
  });

  it("stands as it is in the plain mode, but for appid and Token", () => {
    const text = filledIn(sample, { ...keys, encodingAesKey: null });
    expect(text.replace(keys.appid, "wx9e20708660a0991b").replace(keys.token, "AAAAA")).toBe(sample.text);
  });
});
