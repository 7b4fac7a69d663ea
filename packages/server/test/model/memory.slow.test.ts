import { proveOften } from "./often.ts";

proveOften("memory");
