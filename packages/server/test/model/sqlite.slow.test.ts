import { proveOften } from "./often.ts";

proveOften("sqlite");
