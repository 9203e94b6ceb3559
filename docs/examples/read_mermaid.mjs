// Reads a flowchart with Mermaid's own parser and counts what it holds: node read_mermaid.mjs FILE.mmd
// Needs `npm install mermaid jsdom` in this folder or one above it.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const page = new JSDOM("");
globalThis.window = page.window;
globalThis.document = page.window.document;

const { default: mermaid } = await import("mermaid");
const text = readFileSync(process.argv[2], "utf8");
await mermaid.parse(text);
const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
console.log(`${db.getVertices().size} nodes, ${db.getEdges().length} edges`);
