import type { AdminInputs, Download } from "@quanku/sdk/admin";
import { client } from "../../data/client.ts";

/** A report as a CSV file, which has all its lines however many they are. */
export const reportFile = (input: AdminInputs["listReports"], signal?: AbortSignal): Promise<Download> =>
  client.listReports({ ...input, csv: true }, { signal });
