// All items as a file, which an import takes again.

import { Failure, sendText } from "./api.js";
import { byId, element, warn } from "./dom.js";

const patience = 600_000; // milliseconds for the whole file

// startExport makes the button download the file.
export function startExport() {
  byId("export").addEventListener("click", async (event) => {
    byId("import-alert").replaceChildren();
    event.target.disabled = true;
    try {
      const { text } = await sendText("/api/items", { headers: { Accept: "application/x-ndjson" }, within: patience });
      save(text);
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      warn(byId("import-alert"), failure.message);
    } finally {
      event.target.disabled = false;
    }
  });
}

function save(text) {
  const href = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  element("a", { href, download: "items.ndjson" }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // the browser reads it a little later
}
