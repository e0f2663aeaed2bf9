// The import of a file, a batch of lines at a time, so that it can be as large as it
// likes, and that little is in doubt when something goes wrong.

import { expect, Failure, request } from "./api.js";
import { announce, byId, element, warn } from "./dom.js";
import { batches } from "./lines.js";
import { Tally } from "./tally.js";

const patience = 60_000; // milliseconds that the service may take for a batch
const refusals = [408, 429, 503]; // statuses that say that nothing was stored, and that asking again may help
const form = byId("import");
const alert = byId("import-alert");

let cancel; // ends the import that runs

// startImport calls onStored when items have been stored.
export function startImport(onStored) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = form.elements.file.files;
    if (form.ariaBusy === "true") return;
    if (!file) return warn(alert, "Choose a file first.");
    begin(file);
    const end = await run(file);
    finish(end);
    onStored();
  });
  byId("import-cancel").addEventListener("click", () => cancel());
}

function begin(file) {
  form.ariaBusy = "true";
  for (const region of [alert, byId("import-faults"), byId("import-sum")]) region.replaceChildren();
  byId("import-progress").max = file.size;
  byId("import-progress").value = 0;
  show(new Tally());
  byId("import-running").hidden = false;
  announce(`Importing ${file.name}.`);
}

function finish(end) {
  const hadFocus = byId("import-running").contains(document.activeElement);
  byId("import-running").hidden = true;
  form.ariaBusy = "false";
  byId("import-sum").replaceChildren(end);
  if (hadFocus) byId("import-start").focus();
}

// run imports a file. It returns how that ended.
async function run(file) {
  const tally = new Tally();
  let isCancelled = false;
  const cancelled = new Promise((resolve) => {
    cancel = () => resolve((isCancelled = true));
  });
  try {
    for await (const batch of batches(file)) {
      const isDone = !isCancelled && (await upload(batch, tally, cancelled));
      if (!isDone) return `Cancelled after ${tally}. The rest was not sent.`;
      byId("import-progress").value = batch.read;
    }
    return `Done: ${tally}.`;
  } catch (failure) {
    expect(failure);
    warn(alert, failure.message);
    return `Stopped after ${tally}. Line ${tally.lines + 1} is the next.`;
  }
}

// upload sends a batch, whose lines the service may deal with in parts. It reports
// whether all were, which they are not where the user does not want to try again.
async function upload({ first, lines }, tally, cancelled) {
  for (;;) {
    try {
      const sum = tally.add(first, await post(lines));
      show(tally);
      if (sum.done) return true;
      first += sum.lines;
      lines = lines.slice(sum.lines);
      throw new Failure(sum.status, sum.detail);
    } catch (failure) {
      expect(failure);
      if (isInDoubt(failure)) throw new Failure(failure.status, doubt(failure, first, lines));
      if (!refusals.includes(failure.status)) throw failure;
      if (!(await isWanted(failure, cancelled))) return false;
    }
  }
}

async function post(lines) {
  const headers = { "Content-Type": "application/x-ndjson" };
  const body = lines.map((line) => `${line}\n`).join("");
  return (await request("/api/items", { method: "POST", headers, body, within: patience })).content;
}

// isInDoubt reports whether a batch may be stored although it failed: no answer came,
// or one of something that broke while it was at work.
function isInDoubt({ status }) {
  return status < 400 || (status >= 500 && !refusals.includes(status));
}

function doubt({ message }, first, { length }) {
  return `${message} Some of the lines ${first} to ${first + length - 1} may be stored all the same; look before you send them again.`;
}

// isWanted asks whether to send a batch again of which nothing was stored.
function isWanted({ message }, cancelled) {
  const again = new Promise((resolve) => warn(alert, message, { "Try again": () => resolve(true) }));
  return Promise.race([again, cancelled.then(() => false)]).finally(() => {
    if (alert.contains(document.activeElement)) byId("import-cancel").focus();
    alert.replaceChildren();
  });
}

function show(tally) {
  byId("import-count").textContent = `${tally}`;
  const faults = byId("import-faults");
  for (const { line, reason } of tally.faults.slice(faults.children.length)) {
    faults.append(element("li", {}, `Line ${line}: ${reason}`));
  }
}
