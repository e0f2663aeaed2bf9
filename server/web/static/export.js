// All items as a file, which an import takes again. The page's memory never holds it.

import { request } from "./api.js";
import { byId, element, warn } from "./dom.js";

const patience = 600_000; // milliseconds for the whole file
const suggestedName = "items.ndjson";
const button = byId("export");
const alert = byId("export-alert");

// startExport makes the button export.
export function startExport() {
  button.addEventListener("click", async () => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    alert.replaceChildren();
    byId("exported").replaceChildren();
    try {
      byId("exported").replaceChildren(`Exported to ${await run()}.`);
    } catch ({ name, message }) {
      if (name !== "AbortError") warn(alert, message); // which says that no file was chosen
    } finally {
      button.ariaBusy = "false";
    }
  });
}

// run exports to a file that its user chooses where the browser lets them, or else to a
// download. It returns the file's name.
async function run() {
  const file = await window.showSaveFilePicker?.({ suggestedName });
  const read = async (response) => (file ? response.body.pipeTo(await file.createWritable()) : response.blob());
  const headers = { Accept: "application/x-ndjson" };
  const { content } = await request("/api/items", { method: "GET", headers, within: patience, read });
  if (content) download(content);
  return file?.name ?? suggestedName;
}

function download(blob) {
  const href = URL.createObjectURL(blob);
  element("a", { href, download: suggestedName }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // the browser reads it a little later
}
