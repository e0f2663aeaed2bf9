// The examples of API calls: they name the origin that the page came from, and
// can be copied.

import { announce, element } from "./dom.js";

const writtenOrigin = "http://localhost:8080"; // as in the page's source

// startExamples makes the examples the reader's own.
export function startExamples() {
  for (const figure of document.querySelectorAll("figure")) {
    const code = figure.querySelector("code");
    code.textContent = code.textContent.replaceAll(writtenOrigin, location.origin);
    figure.append(copyButton(code, figure.querySelector("figcaption").textContent));
  }
}

function copyButton(code, caption) {
  const label = document.createTextNode("Copy");
  const button = element("button", { className: "copy" }, label, element("span", { className: "unseen" }, `: ${caption}`));
  button.addEventListener("click", async () => {
    label.data = await copy(code);
    announce(`${label.data}: ${caption}`);
    setTimeout(() => (label.data = "Copy"), 2_000);
  });
  return button;
}

// copy puts the text on the clipboard, or selects it where the browser allows no
// more, as on a plain HTTP address that is not this machine's own.
async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return "Copied";
  } catch {
    getSelection().selectAllChildren(code);
    return "Selected";
  }
}
