// A thread starts without the loader that reads TypeScript: it registers it first.
import { register } from "tsx/esm/api";

register();
await import("../app/services/protection-worker.server.ts");
