import { proveOften } from "./often.ts";

proveOften("postgres");
