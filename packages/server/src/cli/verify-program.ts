import { Command } from "commander";
import { checkOptions } from "./environment.ts";
import { runProgram } from "./run-program.ts";
import { addVerifyCommand } from "./verify-command.ts";

// What a server needs takes up a third of the memory that a verification may, so it is not loaded for one.
const program = new Command("quanku").showHelpAfterError();
addVerifyCommand(program);
program.hook("preAction", (_, command) => checkOptions(command));
await runProgram(program);
