import {
  type Member,
  membersOf,
  parametersOf,
  pathParameters,
  type RouteName,
  routeNames,
  routeOf,
} from "@quanku/protocol/admin";
import { type Command, Option } from "commander";
import { groups } from "./admin-groups.ts";
import { privateCallbacksOption, withData } from "./options.ts";

/** What an operators' call takes on the command line. */
export type CommandForm = {
  name: RouteName;
  /** As `coupon list`. */
  command: string;
  /** The arguments, in order: what stands in the path, then a file that is sent. */
  parameters: readonly string[];
  options: readonly Member[];
  /** The member that is read from a file, since it has members of its own. */
  fromFile: string | undefined;
};

/** The form of each call that has a command. */
export const commandForms = (): CommandForm[] =>
  routeNames.flatMap((name) => {
    const { command, upload } = routeOf(name);
    if (!command) return [];
    const isNested = ({ type }: Member) => type === "object" || type === "array";
    const members = membersOf(name);
    return {
      name,
      command,
      parameters: [...parametersOf(name), ...(upload ? ["file"] : [])],
      options: members.filter((member) => !isNested(member)),
      fromFile: members.find(isNested)?.name,
    };
  });

/** Adds a command for each operators' call that has one; they work on the data itself, beside a server that may run. */
export function addAdminCommands(program: Command): void {
  for (const form of commandForms()) withCall(commandOf(program, form.command), form);
  for (const [name, { examples }] of Object.entries(groups))
    childOf(program, name)?.addHelpText("after", `\nExamples:\n${examples.map((one) => `  ${one}`).join("\n")}`);
}

const childOf = (parent: Command, name: string) => parent.commands.find((child) => child.name() === name);

/** The command of these words; what leads to it is made where it is not there yet. */
function commandOf(program: Command, words: string): Command {
  return words.split(" ").reduce((parent, word, at, all) => {
    const made = () => {
      const command = parent.command(word);
      return at < all.length - 1 ? command.description(groups[word]?.about ?? "") : command;
    };
    return childOf(parent, word) ?? made();
  }, program);
}

function withCall(command: Command, form: CommandForm): void {
  const { about, reply, download } = routeOf(form.name);
  command.description(sentence(about));
  for (const parameter of form.parameters)
    command.argument(`<${parameter}>`, sentence(aboutParameter(form.name, parameter)));
  for (const { name, type, choices, about, isRequired } of form.options) {
    const value = type === "boolean" ? "" : ` <${type === "integer" || type === "number" ? "number" : whatOf(name)}>`;
    const option = new Option(`--${kebab(name)}${value}`, sentence(about));
    if (choices) option.choices(choices);
    command.addOption(isRequired ? option.makeOptionMandatory() : option);
  }
  if (form.options.some(({ name }) => name === "out_coupon_id"))
    command
      .option("--coupon <id>", "the same as --out-coupon-id")
      .on("option:coupon", (id: string) => command.setOptionValue("outCouponId", id));
  if (form.fromFile)
    command.requiredOption("--from <file>", `the ${form.fromFile} as JSON, in a file; - reads standard input`);
  if (reply?.shape.next) command.option("--all", "print every entry, page after page");
  if (reply && !download) command.option("--json", "print JSON; of a list a line for each entry");
  if (/^(callback|trigger) /.test(form.command)) command.addOption(privateCallbacksOption());
  withData(command).action(async (...given: unknown[]) => {
    const values = given.slice(0, form.parameters.length) as string[];
    // A whole server, which other commands need not load.
    const { runCall } = await import("./admin-run.ts");
    return runCall(form, values, command.opts());
  });
}

/** What an option's value is called in the help. */
const whatOf = (member: string) =>
  ({ from: "day", to: "day", confirm: "appid", by: "who" })[member] ?? (member.endsWith("_id") ? "id" : kebab(member));

const aboutParameter = (name: RouteName, parameter: string): string =>
  parameter === "file"
    ? `what is sent, ${routeOf(name).upload}; - reads standard input`
    : (pathParameters[parameter as keyof typeof pathParameters].description ?? "");

/** `out_coupon_id` as an option spells it. */
export const kebab = (member: string): string => member.replaceAll("_", "-");

/** A description of a schema as help tells it: no full stop, no small capital, no marks of code. */
function sentence(about: string): string {
  const text = about.replace(/\.$/, "").replaceAll("`", "");
  return text.charAt(0).toLowerCase() + text.slice(1);
}
