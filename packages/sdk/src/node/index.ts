export { type NodeListener, toNodeListener } from "./listener.ts";
