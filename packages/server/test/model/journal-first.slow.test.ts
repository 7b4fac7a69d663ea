import { proveOften } from "./often.ts";

proveOften("journal first");
