import { conformance } from "./suite.ts";

conformance("journal first");
