import { membersOf, parametersOf, routeNames, routeOf } from "@quanku/protocol/admin";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { columns } from "../../src/cli/admin-columns.ts";
import { addAdminCommands, commandForms, kebab } from "../../src/cli/admin-commands.ts";
import { groups } from "../../src/cli/admin-groups.ts";
import { askedBy } from "../../src/cli/admin-run.ts";
import { linesOf, textOf } from "../../src/cli/admin-text.ts";

const program = new Command("quanku");
addAdminCommands(program);

const find = (words: readonly string[]) =>
  words.reduce<Command | undefined>((at, word) => at?.commands.find((child) => child.name() === word), program);
const commandOf = (command: string) => find(command.split(" ")) as Command;
const forms = commandForms();

describe("the commands made from the operators' table", () => {
  it("are of every call that has one, each with its own", () => {
    const told = routeNames.flatMap((name) => routeOf(name).command ?? []);
    expect(forms.map(({ command }) => command)).toEqual(told);
    expect(new Set(told).size).toBe(told.length);
    expect(told.length).toBeGreaterThan(30);
  });

  it.each(forms)("$command takes all that its call takes, described", ({ name, command, parameters, fromFile }) => {
    const { options, registeredArguments } = commandOf(command);
    expect(registeredArguments.map((argument) => argument.name())).toEqual(parameters);
    expect(parameters).toEqual([...parametersOf(name), ...(routeOf(name).upload ? ["file"] : [])]);
    expect(registeredArguments.every(({ required }) => required)).toBe(true);
    for (const { name: member, choices, isRequired } of membersOf(name)) {
      const long = member === fromFile ? "--from" : `--${kebab(member)}`;
      const option = options.find((one) => one.long === long);
      expect(option, long).toMatchObject({ mandatory: isRequired, ...(choices && { argChoices: choices }) });
    }
    const longs = options.map(({ long }) => long);
    expect(new Set(longs).size).toBe(longs.length);
    expect(longs).toContain("--data-dir");
    const told = [...options, ...registeredArguments].map(({ description }) => description);
    for (const about of [commandOf(command).description(), ...told]) expect(about).toMatch(/^\S.+[^.]$/);
  });

  it("that are lists have columns, which show what entries have", () => {
    const lists = forms.filter(({ name }) => routeOf(name).reply?.shape.entries);
    expect(Object.keys(columns).toSorted()).toEqual(lists.map(({ name }) => name).toSorted());
    type Shape = { properties?: Record<string, Shape>; items?: Shape; anyOf?: Shape[] };
    const part = ({ properties, anyOf = [] }: Shape, name: string): Shape | undefined =>
      properties?.[name] ?? anyOf.find((one) => one.properties)?.properties?.[name];
    for (const { name } of lists) {
      const reply = z.toJSONSchema(routeOf(name).reply as z.ZodType, { unrepresentable: "any" }) as Shape;
      const entry = reply.properties?.entries?.items;
      for (const [, path] of columns[name] ?? [])
        expect(
          path.split(".").reduce<Shape | undefined>((at, step) => at && part(at, step), entry),
          `${name} ${path}`,
        ).toBeDefined();
    }
  });

  it("show examples in each group, which are commands that are there", () => {
    expect(Object.keys(groups).toSorted()).toEqual(
      [...new Set(forms.map(({ command }) => command.split(" ")[0]))].toSorted(),
    );
    for (const example of Object.values(groups).flatMap(({ examples }) => examples)) {
      const [, ...words] = example.replace(/ > .*/, "").split(" ");
      const taken = [...words.keys()].findLast((at) => find(words.slice(0, at + 1))) as number;
      const command = find(words.slice(0, taken + 1)) as Command;
      const { operands, unknown } = command.parseOptions(words.slice(taken + 1));
      expect([operands.length, unknown], example).toEqual([command.registeredArguments.length, []]);
      for (const { mandatory, long } of command.options) if (mandatory) expect(words, example).toContain(long);
    }
  });
});

describe("what a command asks", () => {
  const [list, add] = ["listCoupons", "addCoupon"].map((name) => forms.find((form) => form.name === name));
  it("is its arguments and options by their names in the call", () => {
    expect(
      askedBy(list as (typeof forms)[0], ["wx1"], { status: "active", limit: "5", dataDir: "d", json: true }),
    ).toEqual({
      given: { appid: "wx1", status: "active", limit: "5", type: undefined, name: undefined, cursor: undefined },
    });
  });

  it("is told of a coupon by --coupon too", () => {
    const give = commandOf("person give");
    give.parseOptions(["--coupon", "no-example"]);
    expect(give.opts()).toMatchObject({ outCouponId: "no-example" });
  });

  it("says of a file that is not there, or is no JSON, which it is", () => {
    const asking = (from: string) => () => askedBy(add as (typeof forms)[0], ["wx1"], { from });
    expect(asking("/nowhere/coupon.json")).toThrow("/nowhere/coupon.json");
    expect(asking(import.meta.filename)).toThrow(`${import.meta.filename}: `);
  });
});

describe("what a command prints", () => {
  const entry = {
    out_user_coupon_id: "u",
    out_coupon_id: "coupon-1",
    status: "used",
    receive_time: 1_700_000_000,
    end_time: 0,
    openid: "o1",
  };

  it("is a table of a list, without a head where it goes on", () => {
    const reply = { entries: [entry, { ...entry, out_user_coupon_id: "longer", status: "effective" }], next: null };
    expect([...textOf("listWallet", reply)]).toEqual([
      "user coupon  coupon    status     received              ends  openid\n",
      "u            coupon-1  used       2023-11-14T22:13:20Z  0     o1\n",
      "longer       coupon-1  effective  2023-11-14T22:13:20Z  0     o1\n",
    ]);
    expect([...textOf("listWallet", reply, false)]).toHaveLength(2);
    expect([...textOf("listWallet", { entries: [], next: null })]).toEqual(["there are none\n"]);
  });

  it("is a line for each member of anything else", () => {
    const reply = {
      coupon: { name: "五元券", paused: false, stock: null, words: { zh: "减五元" }, create_time: 1_700_000_000 },
    };
    expect([...textOf("showCoupon", reply)]).toEqual([
      "name         五元券\n",
      "paused       false\n",
      "stock        -\n",
      "create_time  2023-11-14T22:13:20Z\n",
      "words.zh     减五元\n",
    ]);
  });

  it("is a line of JSON for each entry, or for all else", () => {
    expect([...linesOf({ entries: [{ a: 1 }, { a: 2 }], next: "c" })]).toEqual(['{"a":1}\n', '{"a":2}\n']);
    expect([...linesOf({ coupon: { a: 1 } })]).toEqual(['{"coupon":{"a":1}}\n']);
  });

  it("holds nothing that a terminal would obey", () => {
    const name = "a\u001b[2J\n\u202eb\u009b1m";
    const text = [...textOf("showCoupon", { coupon: { name, words: { zh: name } } })].join("");
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain("\\u001b[2J\\n");
  });
});
