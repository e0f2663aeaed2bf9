// What the service says of itself: its version and whether it is ready.

import { send } from "./api.js";
import { byId } from "./dom.js";

// showVersion fills in the version, the commit and the Go release.
async function showVersion() {
  const { body } = await send("/version").catch(() => ({ body: undefined }));
  if (!body) return; // readiness tells that the service is away
  byId("version").textContent = body.version;
  byId("build").textContent = `Version ${body.version}, commit ${body.revision.slice(0, 12)}, ${body.go}`;
}

// showReadiness asks the service whether it is ready, and who it is once it is back.
export async function showReadiness() {
  const state = await readiness();
  if (state === "Ready" && byId("readiness").dataset.state !== state) showVersion();
  byId("readiness").textContent = state;
  byId("readiness").dataset.state = state;
}

async function readiness() {
  try {
    const { ok } = await fetch("/readyz", { signal: AbortSignal.timeout(5_000) });
    return ok ? "Ready" : "Not ready";
  } catch {
    return "Unreachable";
  }
}
