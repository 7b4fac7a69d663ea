import { describe, expect, it } from "vitest";
import { doorsOf, type Source, sourcesIn } from "./sources.ts";

const server = "packages/server/src";
const sdk = "packages/sdk/src";
const console = "packages/console/src";
const sdkDoors = ["packages/sdk/src/admin/index.ts", "packages/sdk/src/index.ts", "packages/sdk/src/wire/guide.ts"];
const protocol = doorsOf("packages/protocol");

/** The floors of the house (ARCHITECTURE.md) and what each may import, besides itself. */
const floors: { floor: string; may: string[]; packages: RegExp; why: string }[] = [
  {
    floor: "packages/protocol/src",
    may: [],
    packages: /^(zod|node:crypto|fast-xml-parser|fast-xml-builder|@nodable\/entities)$/,
    why: "protocol is the wire contract alone: it knows nobody and does no I/O",
  },
  {
    floor: `${server}/domain`,
    may: [],
    packages: /^$/,
    why: "domain holds pure rules: no I/O, no packages, no wire; wire/ translates for it",
  },
  {
    floor: `${server}/store/store.ts`,
    may: [`${server}/domain`],
    packages: /^$/,
    why: "the port speaks the domain's words and knows no adapter",
  },
  {
    floor: `${server}/store/chain.ts`,
    may: [],
    packages: /^node:crypto$/,
    why: "how entries of the journal are chained stands once, and is all arithmetic",
  },
  {
    floor: `${server}/store/sql`,
    may: [`${server}/store/store.ts`, `${server}/store/chain.ts`, `${server}/domain`],
    packages: /^node:zlib$/,
    why: "what both SQL adapters know of a record stands once: its table and columns, and no SQL of either",
  },
  {
    floor: `${server}/store/memory`,
    may: [`${server}/store/store.ts`, `${server}/domain`],
    packages: /^$/,
    why: "an adapter knows the port and the domain's records, never another adapter",
  },
  {
    floor: `${server}/store/sqlite`,
    may: [`${server}/store/store.ts`, `${server}/store/sql`, `${server}/domain`],
    packages: /^node:(fs|path|sqlite|timers\/promises|url|worker_threads)$/,
    why: "an adapter knows the port, the domain's records and their columns, never another adapter",
  },
  {
    floor: `${server}/store/postgres`,
    may: [`${server}/store/store.ts`, `${server}/store/sql`, `${server}/domain`],
    packages: /^(node:(crypto|timers\/promises)|pg)$/,
    why: "an adapter knows the port, the domain's records and their columns, never another adapter",
  },
  {
    floor: `${server}/service`,
    may: [`${server}/store/store.ts`, `${server}/store/chain.ts`, `${server}/domain`],
    packages: /^(node:(crypto|timers\/promises|util|zlib)|lru-cache)$/,
    why: "service runs rules on the port; HTTP and the wire are above it",
  },
  {
    floor: `${server}/wire`,
    may: [`${server}/service`, `${server}/store/store.ts`, `${server}/domain`, ...protocol],
    packages: /^$/,
    why: "wire translates between protocol and domain, whoever speaks: calls, snapshots, pushes; it does no I/O",
  },
  {
    floor: `${server}/outbound`,
    may: [
      `${server}/wire`,
      `${server}/service`,
      `${server}/store/store.ts`,
      `${server}/domain`,
      ...protocol,
      "packages/server/package.json",
    ],
    packages: /^(node:(buffer|crypto|dns|fs\/promises|net)|ipaddr\.js|lru-cache|undici)$/,
    why: "outbound calls others; who calls us is http's",
  },
  {
    floor: `${server}/http`,
    may: [
      `${server}/wire`,
      `${server}/service`,
      `${server}/store/store.ts`,
      `${server}/domain`,
      ...protocol,
      "packages/server/package.json",
    ],
    packages:
      /^(node:(buffer|crypto|fs(\/promises)?|http|net|os|path|stream(\/promises)?|url|zlib)|hono(\/(cookie|utils\/url))?|marked|pino|prom-client|csv-parse|csv-stringify\/sync|@hono\/node-server)$/,
    why: "http serves calls and names no adapter; whom we call is outbound's",
  },
  {
    floor: `${server}/assemble.ts`,
    may: [
      `${server}/http`,
      `${server}/outbound`,
      `${server}/wire`,
      `${server}/service`,
      `${server}/store/store.ts`,
      `${server}/domain`,
    ],
    packages: /^pino$/,
    why: "assemble puts the floors on whatever store it is given",
  },
  {
    floor: `${server}/cli`,
    may: [
      `${server}/assemble.ts`,
      `${server}/http`,
      `${server}/outbound`,
      `${server}/wire`,
      `${server}/service`,
      `${server}/store`,
      `${server}/domain`,
      ...protocol,
      "packages/server/package.json",
    ],
    packages: /^(node:[\w/]+|commander|pino|pkijs|asn1js)$/,
    why: "cli starts what assemble puts together and reaches for nothing else",
  },
  {
    floor: `${sdk}/wire`,
    may: [],
    packages: /^$/,
    why: "what the SDK knows of the wire is made from protocol by npm run docs, so that it needs nothing of it at run time",
  },
  {
    floor: `${sdk}/host`,
    may: [],
    packages: /^$/,
    why: "what both clients know of time, of a host's address and of what it says; whose calls they make is theirs",
  },
  {
    floor: `${sdk}/client`,
    may: [`${sdk}/host`, `${sdk}/wire`],
    packages: /^$/,
    why: "the client runs wherever there is a fetch: it imports no package and nothing of a runtime",
  },
  {
    floor: `${sdk}/admin`,
    may: [`${sdk}/host`, `${sdk}/wire`],
    packages: /^$/,
    why: "the operators' client runs wherever there is a fetch: it imports no package and nothing of a runtime",
  },
  {
    floor: `${sdk}/callback`,
    may: [],
    packages: /^$/,
    why: "the callback handler runs wherever there is a fetch: it imports no package and nothing of a runtime",
  },
  {
    floor: `${sdk}/node`,
    may: [`${sdk}/callback`],
    packages: /^node:/,
    why: "what only Node.js can do has a door of its own",
  },
  {
    floor: `${sdk}/index.ts`,
    may: [`${sdk}/client`, `${sdk}/wire`],
    packages: /^$/,
    why: "the door of the client; callbacks have one of their own",
  },
  {
    floor: `${console}/remembered.ts`,
    may: [],
    packages: /^$/,
    why: "what the browser keeps knows nothing of what it is kept for",
  },
  {
    floor: `${console}/words`,
    may: [`${console}/remembered.ts`],
    packages: /^(i18next|react-i18next)$/,
    why: "how words are said; which ones stands where they are said",
  },
  {
    floor: `${console}/data`,
    may: sdkDoors,
    packages: /^(react|@tanstack\/react-(query|router))$/,
    why: "what the server is asked, by the SDK alone; how it looks is above",
  },
  {
    floor: `${console}/ui`,
    may: [`${console}/data`, `${console}/words`, ...sdkDoors],
    packages:
      /^(react|antd|@ant-design\/icons|@tanstack\/react-(router|virtual)|dayjs(\/locale\/zh-cn\.js)?|uplot(\/dist\/uPlot\.min\.css)?)$/,
    why: "how things look and are steered, on every page alike",
  },
  {
    floor: `${console}/parts`,
    may: [`${console}/ui`, `${console}/data`, `${console}/words`, ...sdkDoors],
    packages: /^(react|antd|@ant-design\/icons|dayjs)$/,
    why: "what several pages show of coupons, people and the journal",
  },
  {
    floor: `${console}/pages`,
    may: [
      "examples",
      `${console}/parts`,
      `${console}/ui`,
      `${console}/data`,
      `${console}/words`,
      `${console}/remembered.ts`,
      ...sdkDoors,
    ],
    packages: /^(react|antd|@ant-design\/icons|@tanstack\/react-query|dayjs)$/,
    why: "a page stands on the operators' calls through data, and on the looks and links that all share",
  },
  {
    floor: `${console}/app`,
    may: [
      `${console}/pages`,
      `${console}/parts`,
      `${console}/ui`,
      `${console}/data`,
      `${console}/words`,
      `${console}/remembered.ts`,
      ...sdkDoors,
    ],
    packages: /^(react|antd(\/locale\/\w+)?|@ant-design\/icons|@tanstack\/react-(query|router))$/,
    why: "the frame around the pages, and which address shows which",
  },
  {
    floor: `${console}/main.tsx`,
    may: [`${console}/app`],
    packages: /^(react|react-dom\/client)$/,
    why: "where the browser begins",
  },
];

const sources = [...sourcesIn("packages/protocol/src"), ...sourcesIn(sdk), ...sourcesIn(console), ...sourcesIn(server)];
const isIn = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

describe("the floors", () => {
  it("hold every file", () => {
    const homeless = sources.filter(({ path }) => !floors.some(({ floor }) => isIn(path, floor)));
    expect(homeless.map(({ path }) => path)).toEqual([]);
  });

  for (const { floor, may, packages, why } of floors)
    it(`${floor.replace(`${server}/`, "")} imports only downwards`, () => {
      const isAllowed = ({ specifier, target }: Source["imports"][number]) =>
        target === undefined
          ? packages.test(specifier)
          : isIn(target, floor) || may.some((place) => isIn(target, place));
      const faults = sources
        .filter(({ path }) => isIn(path, floor))
        .flatMap(({ path, imports }) =>
          imports.filter((i) => !isAllowed(i)).map((i) => `${path} imports ${i.specifier}`),
        );
      expect(faults, why).toEqual([]);
    });

  it("are without circles, in types too", () => {
    const circles = circlesAmong(sources);
    expect(
      circles.map((circle) => circle.join(" → ")),
      "files that import each other are one file in pieces: put what they share below both",
    ).toEqual([]);
  });

  it("name an adapter in one module of the command line only", () => {
    const naming = sources.filter(
      ({ path, imports }) =>
        !path.startsWith(`${server}/store/`) &&
        imports.some(({ target }) => target !== undefined && /\/store\/(memory|sqlite|postgres)\//.test(target)),
    );
    expect(naming.map(({ path }) => path)).toEqual([`${server}/cli/data.ts`]);
  });

  it("keep clocks, chance and waiting out of the rules", () => {
    const impure = /\b(Date|Math\.random|performance|process|setTimeout|setImmediate|async|await|Promise)\b/;
    const faults = sources
      .filter(({ path }) => path.startsWith(`${server}/domain/`))
      .filter(({ text }) => impure.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")));
    expect(
      faults.map(({ path }) => path),
      "a rule is given the time and decides at once",
    ).toEqual([]);
  });

  it("keep the platform's codes and spellings out of the rules", () => {
    const wire = /\b(errcode|out_coupon_id|issued_num|receive_num|coupon_info|10900\d\d|9900\d\d)\b/;
    const faults = sources
      .filter(({ path }) => path.startsWith(`${server}/domain/`) || path.startsWith(`${server}/service/`))
      .filter(({ text }) => wire.test(text));
    expect(
      faults.map(({ path }) => path),
      "wire/ translates; below it the words are ours",
    ).toEqual([]);
  });
});

/** Every way that leads from a file back to it, as the files on it; each file is told in one circle only. */
function circlesAmong(all: readonly Source[]): string[][] {
  const importsOf = new Map(all.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])]));
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]) => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path]);
    if (done.has(path) || way.includes(path)) return;
    for (const target of importsOf.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of importsOf.keys()) visit(path, []);
  return circles;
}
