import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The console is served under `/console/` by the server, which sends what is in `assets` to be kept for good. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/console/",
  plugins: [react()],
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The size that counts is what the first view loads, compressed: `npm run bench -- --only console` tells it.
    chunkSizeWarningLimit: 2000,
  },
});
