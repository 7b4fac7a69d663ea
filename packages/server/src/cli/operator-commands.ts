import { adminRoot, type RouteInput, type RouteName, roles } from "@quanku/protocol/admin";
import { type Command, Option } from "commander";
import { readInput } from "../http/admin/input.ts";
import { isProblem } from "../http/admin/problem.ts";
import { newPassword, type Operators } from "../service/access/operators.ts";
import { accepted, existing } from "./app-commands.ts";
import { withStore } from "./data.ts";
import { print, withData } from "./options.ts";
import { secretsRead, withSecret } from "./secrets.ts";

/** Where a sign-in link of a server leads. */
export const linkAt = (url: string, code: string): string =>
  `${url.replace(/\/$/, "")}${adminRoot}/session/link?code=${code}`;

/** Adds `quanku operator …`. */
export function addOperatorCommands(program: Command): void {
  const operator = program
    .command("operator")
    .description("create and manage operators, who see and steer apps over HTTP; without one nothing of that answers");

  withData(withSecret(operator.command("create <name>"), passwordOption()))
    .description("create an operator and print it as JSON; a password that was made is shown this once")
    .addOption(new Option("--role <role>", "what they may do").choices(roles).makeOptionMandatory())
    .option("--app <appid...>", "the apps that they may read or steer; an owner has all")
    .addHelpText(
      "after",
      `
Roles: a viewer reads the apps that are named, a manager steers them too, an owner does everything.

Examples:
  quanku operator create li --role owner
  quanku operator create wang --role manager --app wx0123456789abcdef --password-from /run/secrets/wang`,
    )
    .action(async (name, options) => {
      const { role, app: apps = [], password, ...place } = await secretsRead(options);
      const given = read("createOperator", { name, role, apps, password });
      await withStore(place, async (services) => {
        for (const appid of apps) await existing(services.apps, appid);
        const made = { name, role, apps, password: given.password ?? newPassword() };
        accepted(await services.operators.create(made, "command_line"));
        print(password === undefined ? made : { name, role, apps });
      });
    });

  withData(operator.command("list"))
    .description("print every operator as a line of JSON")
    .action((place) =>
      withStore(place, async ({ operators }) => {
        for (const { name, role, apps, password, createdAt, signedInAt } of await operators.list())
          print({
            name,
            role,
            apps,
            has_password: password !== null,
            create_time: createdAt,
            sign_in_time: signedInAt,
          });
      }),
    );

  withData(withSecret(operator.command("reset <name>"), passwordOption()))
    .description("give an operator a new password and print it; their sessions and tokens end within a second")
    .action(async (name, options) => {
      const { password, ...place } = await secretsRead(options);
      const given = read("createOperator", { name, role: "viewer", password });
      await withStore(place, async ({ operators }) => {
        const next = given.password ?? newPassword();
        accepted(await operators.reset(name, next, "command_line"));
        print(password === undefined ? { name, password: next } : { name });
      });
    });

  withData(operator.command("remove <name>"))
    .description("remove an operator; their sessions and tokens end within a second")
    .action((name, place) =>
      withStore(place, async ({ operators }) => {
        accepted(await operators.remove(name, "command_line"));
        print({ name });
      }),
    );

  withData(operator.command("link <name>"))
    .description(
      "print a link that signs an operator in once, within ten minutes, in a browser on the server's machine",
    )
    .option("--url <url>", "where the server is on this machine", "http://127.0.0.1:8080")
    .action((name, { url, ...place }) =>
      withStore(place, async ({ operators }) => print({ name, link: await newLink(operators, name, url) })),
    );
}

/** A link that signs an operator in. */
export const newLink = async (operators: Operators, name: string, url: string): Promise<string> =>
  linkAt(url, accepted(await operators.createLink(name, "command_line")).code);

const passwordOption = () => new Option("--password <password>", "10-256 characters; made for you when left out");

/** What a call would be given, read as the call reads it; throws what is wrong with it. */
function read<N extends RouteName>(name: N, body: object): RouteInput<N> {
  const input = readInput(name, { path: {}, query: {}, body });
  if (isProblem(input)) throw new Error(input.detail);
  return input;
}
