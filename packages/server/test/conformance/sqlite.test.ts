import { conformance } from "./suite.ts";

conformance("sqlite");
