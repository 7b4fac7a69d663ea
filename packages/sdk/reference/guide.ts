import { callNames, calls } from "@quanku/protocol/calls";
import { codes, type Errcode } from "@quanku/protocol/codes";
import { demoShop, explanations, readyBodies } from "@quanku/protocol/explain";
import { inChinese } from "../../protocol/reference/chinese/fields.ts";
import { doc, importOf, notice } from "./typescript.ts";

const entry = (name: string, members: Readonly<Record<string, unknown>>) =>
  `  ${name}: {\n${Object.entries(members)
    .map(([member, value]) => `    ${member}: ${JSON.stringify(value)},\n`)
    .join("")}  },\n`;

/** What calls are for and codes mean, in both languages, and bodies to begin with: for consoles and forms, not for programs. */
export function renderGuide(): string {
  const ofCalls = callNames.map((call) => {
    const { about } = calls[call];
    const { body, after = [] } = readyBodies[call];
    return entry(call, { zh: inChinese(about), en: about, body, after });
  });
  const ofCodes = Object.keys(codes)
    .map((code) => Number(code) as Errcode)
    .filter((code) => code !== 0)
    .toSorted((one, other) => one - other)
    .map((code) => entry(`[${code}]`, { zh: explanations[code].zh.means, en: explanations[code].en.means }));
  return `${notice}${importOf(["CallName"], "./calls")}${importOf(["Errcode"], "./codes")}
${doc(["A text in both languages. Code in it stands between backticks."], "")}export interface Told {
  zh: string;
  en: string;
}

${doc(["The demo shop, whose secret everybody may know."], "")}export const demoShop = { appid: "${demoShop.appid}", secret: "${demoShop.secret}" } as const;

${doc(["What each call is for, and a body that works on the demo shop as it is made, once the calls in `after` were sent with theirs."], "")}export const readyCalls: Readonly<Record<CallName, Told & { body: object; after: readonly CallName[] }>> = {
${ofCalls.join("")}};

${doc(["What each code means."], "")}export const meanings: Readonly<Record<Errcode, Told>> = {\n${ofCodes.join("")}};\n`;
}
