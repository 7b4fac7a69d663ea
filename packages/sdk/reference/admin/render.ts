import { type RouteName, routeOf } from "@quanku/protocol/admin";
import { accessRoutes } from "../../../protocol/src/admin/access-routes.ts";
import { couponRoutes } from "../../../protocol/src/admin/coupon-routes.ts";
import { peopleRoutes } from "../../../protocol/src/admin/people-routes.ts";
import { callsRoutes } from "../../../protocol/src/admin/sandbox/calls-routes.ts";
import { clockRoutes } from "../../../protocol/src/admin/sandbox/clock-routes.ts";
import { faultsRoutes } from "../../../protocol/src/admin/sandbox/faults-routes.ts";
import { personsRoutes } from "../../../protocol/src/admin/sandbox/persons-routes.ts";
import { statesRoutes } from "../../../protocol/src/admin/sandbox/states-routes.ts";
import { shopRoutes } from "../../../protocol/src/admin/shop-routes.ts";
import { namedShapes as namedOnTheWire } from "../named.ts";
import type { Shape } from "../shape.ts";
import { doc, importOf, notice, typescriptWith } from "../typescript.ts";
import { inputOf, namedShapes, nameOf, replyOf } from "./shapes.ts";

const sandboxRoutes = { ...clockRoutes, ...faultsRoutes, ...personsRoutes, ...statesRoutes, ...callsRoutes };
const subjects = {
  access: accessRoutes,
  shop: shopRoutes,
  coupons: couponRoutes,
  people: peopleRoutes,
  sandbox: sandboxRoutes,
} as const;
type Subject = keyof typeof subjects;
const subjectNames = Object.keys(subjects) as Subject[];
const namesOf = (subject: Subject) => Object.keys(subjects[subject]) as RouteName[];
const allNames = subjectNames.flatMap(namesOf);

const { interfaceOf, typeOf } = typescriptWith(nameOf);

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const inputName = (name: RouteName) => nameOf(inputOf(name)) ?? `${pascal(name)}Input`;
const isEmpty = ({ properties = {}, additionalProperties: more }: Shape) =>
  !more && Object.keys(properties).length === 0;
/** The type of what a call answers as JSON; none where it answers nothing. */
const replyName = (name: RouteName): string | undefined => {
  const shape = replyOf(name);
  return isEmpty(shape) ? undefined : (nameOf(shape) ?? `${pascal(name)}Reply`);
};
const entryOf = (name: RouteName) => replyOf(name).properties?.entries?.items;
const isPaged = (name: RouteName) => replyOf(name).properties?.next !== undefined;

/** A file of types with names. */
type ShapesFile = "shapes" | "inputs" | "sandbox-shapes" | "outlooks";

/** What these texts need of types with names, from where each stands. */
function importsOf(texts: readonly string[], own?: ShapesFile): string {
  const code = texts.join("\n").replace(/\/\*\*[\s\S]*?\*\//g, "");
  const used = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const ofWire = (file: string) =>
    namedOnTheWire.filter((named) => named.file === file && used(named.name)).map(({ name }) => name);
  const ours = (file: ShapesFile) =>
    namedShapes.filter((named) => named.file === file && own !== file && used(named.name)).map(({ name }) => name);
  const sources: [file: string, names: string[]][] = [
    ["../coupons", ofWire("coupons")],
    ["../orders", ofWire("orders")],
    ["./inputs", ours("inputs")],
    ["./outlooks", ours("outlooks")],
    ["./sandbox-shapes", ours("sandbox-shapes")],
    ["./shapes", ours("shapes")],
  ];
  return sources
    .filter(([, names]) => names.length > 0)
    .map(([file, names]) => importOf(names, file))
    .join("");
}

function renderShapes(own: ShapesFile): string {
  const parts = namedShapes
    .filter(({ file }) => file === own)
    .map(({ name, about, shape }) =>
      shape.enum
        ? `${doc([shape.description ?? about], "")}export type ${name} = ${shape.enum.map((one) => JSON.stringify(one)).join(" | ")};\n`
        : interfaceOf(name, about, shape),
    );
  return `${notice}${importsOf(parts, own)}\n${parts.join("\n")}`;
}

/** How a call is made by its method: what it takes and answers. */
function methodOf(name: RouteName): string {
  const { about, method, path, role, upload, download, orDownload } = routeOf(name);
  const shape = inputOf(name);
  const takes = `${isEmpty(shape) ? "Record<string, never>" : inputName(name)}${upload ? ' & { file: How["file"] }' : ""}`;
  const given = `input${shape.required?.length ? "" : "?"}: `;
  const reply =
    download === "text/event-stream"
      ? 'How["events"]'
      : `Promise<${download ? 'How["download"]' : (replyName(name) ?? "void")}>`;
  const whose = role === "anyone" ? "For anybody" : `Role: ${role}`;
  const said = doc([about, `\`${method} ${path}\`. ${whose}.`], "  ");
  const options = `, options?: How["${download === "text/event-stream" ? "following" : "options"}"]`;
  const file = orDownload ? `  ${name}(${given}${takes} & { csv: true }${options}): Promise<How["download"]>;\n` : "";
  return `${said}${file}  ${name}(${given}${takes}${options}): ${reply};\n`;
}

/** What the calls of a subject take and answer, and their methods. */
function renderSubject(subject: Subject): string {
  const names = namesOf(subject);
  const inputs = names
    .filter((name) => !isEmpty(inputOf(name)) && inputName(name) === `${pascal(name)}Input`)
    .map((name) => interfaceOf(inputName(name), `What \`${name}\` takes.`, inputOf(name)));
  const replies = names
    .filter((name) => replyName(name) === `${pascal(name)}Reply`)
    .map((name) => interfaceOf(`${pascal(name)}Reply`, `What \`${name}\` answers.`, replyOf(name)));
  const methods = names.map(methodOf);
  const parts = [...inputs, ...replies];
  return `${notice}${importsOf([...parts, ...methods])}import type { CallForms } from "./forms.ts";\n
${parts.join("\n")}
${doc([`The operators' calls about ${about[subject]}.`], "")}export interface ${pascal(subject)}Calls<How extends CallForms> {\n${methods.join("\n")}}\n`;
}

const about: Record<Subject, string> = {
  access: "who may come in",
  shop: "apps",
  coupons: "coupons",
  people: "people, their coupons and orders",
  sandbox: "what only sandbox apps have",
};

const renderForms = () => `${notice}
/** In which forms a client takes and answers what is not JSON. */
export interface CallForms {
  /** How one call is to be made. */
  options: unknown;
  /** How events are followed. */
  following: unknown;
  /** A file that is sent. */
  file: unknown;
  /** A file that is answered. */
  download: unknown;
  /** Events without end. */
  events: unknown;
}\n`;

/** The types that the file of a subject has. */
const ownTypes = (subject: Subject): string[] => [
  `${pascal(subject)}Calls`,
  ...namesOf(subject).flatMap((name) => [
    ...(isEmpty(inputOf(name)) ? [] : [inputName(name)].filter((type) => type === `${pascal(name)}Input`)),
    ...[`${pascal(name)}Reply`].filter((type) => type === replyName(name)),
  ]),
];

/** What these texts need of the subjects' files. */
function fromSubjects(texts: readonly string[]): string {
  const code = texts.join("\n").replace(/\/\*\*[\s\S]*?\*\//g, "");
  const used = (type: string) => new RegExp(`\\b${type}\\b`).test(code);
  return subjectNames
    .map((subject) => [subject, ownTypes(subject).filter(used)] as const)
    .filter(([, types]) => types.length > 0)
    .map(([subject, types]) => importOf(types, `./${subject}`))
    .join("");
}

/** Where each call lives and in which place what it is given stands. */
function renderTable(): string {
  const rows = allNames.map((name) => {
    const { method, path, query, body, upload, download, orDownload } = routeOf(name);
    const members = [
      `method: "${method}"`,
      `path: "${path}"`,
      query &&
        `query: [${Object.keys(query.shape)
          .map((member) => JSON.stringify(member))
          .join(", ")}]`,
      body && "body: true",
      upload && `upload: "${upload}"`,
      download && `download: "${download}"`,
      orDownload && "csv: true",
      isPaged(name) && "paged: true",
      !download && replyName(name) === undefined && "nothing: true",
    ];
    return `  ${name}: { ${members.filter(Boolean).join(", ")} },\n`;
  });
  const lists = allNames.filter(isPaged).map((name) => {
    const optional = inputOf(name).required?.length ? "" : "?";
    const entry = typeOf(entryOf(name) as Shape, "  ");
    return `${doc([`Every entry of \`${name}\`, page after page; \`limit\` is how many are fetched at once.`], "  ")}  ${name}(input${optional}: Omit<${inputName(name)}, "cursor">, options?: How["options"]): AsyncGenerator<${entry}, void, undefined>;\n`;
  });
  const methods = `extends ${subjectNames.map((subject) => `${pascal(subject)}Calls<How>`).join(", ")}`;
  return `${notice}${importsOf(lists)}${fromSubjects([...lists, methods])}import type { CallForms } from "./forms.ts";\n
/** Where each call lives, after \`/quanku/admin/v1\`, and where what it is given goes. */
export const adminRoutes = {\n${rows.join("")}} as const satisfies Record<string, AdminRoute>;\n
/** One call: what its path and its \`query\` do not name goes into its body, if it has one. */
export interface AdminRoute {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: readonly string[];
  body?: true;
  /** The media type of the file that it is sent. */
  upload?: string;
  /** The media type of the file that it answers. */
  download?: string;
  /** Whether it answers CSV where its query says \`csv\`. */
  csv?: true;
  /** Whether it answers nothing but that it was done. */
  nothing?: true;
  /** Whether it answers a page, with the cursor of the next. */
  paged?: true;
}\n
/** The name of a call of operators. */
export type AdminCallName = keyof typeof adminRoutes;\n
/** A method for each call of operators. */
export interface AdminCalls<How extends CallForms> ${methods} {}\n
/** A method for each list, that walks all of it. */
export interface AdminLists<How extends CallForms> {\n${lists.join("\n")}}\n`;
}

/** What each call takes and answers, by its name. */
function renderMaps(): string {
  const map = (title: string, said: string, typeFor: (name: RouteName) => string) =>
    `${doc([said], "")}export interface ${title} {\n${allNames.map((name) => `  ${name}: ${typeFor(name)};\n`).join("")}}\n`;
  const inputs = map("AdminInputs", "What each call takes, by its name, but for a file.", (name) =>
    isEmpty(inputOf(name)) ? "Record<string, never>" : inputName(name),
  );
  const replies = map(
    "AdminReplies",
    "What each call answers as JSON, by its name.",
    (name) => replyName(name) ?? "void",
  );
  return `${notice}${importsOf([inputs, replies])}${fromSubjects([inputs, replies])}\n${inputs}\n${replies}`;
}

/** Every generated file of the operators' calls by its place in the repository. */
export const adminFiles = (): Record<string, string> => ({
  "packages/sdk/src/wire/admin/forms.ts": renderForms(),
  "packages/sdk/src/wire/admin/inputs.ts": renderShapes("inputs"),
  "packages/sdk/src/wire/admin/outlooks.ts": renderShapes("outlooks"),
  "packages/sdk/src/wire/admin/sandbox-shapes.ts": renderShapes("sandbox-shapes"),
  "packages/sdk/src/wire/admin/shapes.ts": renderShapes("shapes"),
  ...Object.fromEntries(
    subjectNames.map((subject) => [`packages/sdk/src/wire/admin/${subject}.ts`, renderSubject(subject)]),
  ),
  "packages/sdk/src/wire/admin/maps.ts": renderMaps(),
  "packages/sdk/src/wire/admin/table.ts": renderTable(),
});
