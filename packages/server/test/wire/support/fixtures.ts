import { bodyText } from "../../../../protocol/reference/bodies/bodies.ts";

/** A documented body, parsed anew so that a test may change its copy. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into documented bodies freely
export const fixture = (name: string): any => JSON.parse(fixtureText(name));

/** A documented body as it stands in its file. */
export const fixtureText = (name: string): string => bodyText("documented", name);

/** The openid of the documented samples. */
export const PERSON = "oIJ9d5Ad4JMhbybqJ3_J73LkR_Io";
