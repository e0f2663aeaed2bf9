// One item as a row of the list.

import { element, time } from "./dom.js";

const longText = 280; // characters of a description above which it is folded
const longLines = 4;

// makeRow returns the list element for an item.
export function makeRow(item) {
  const row = element("li", {}, heading(item));
  row.dataset.id = item.id;
  row.dataset.version = item.version;
  if (item.description) row.append(...description(item.description));
  row.append(footing(item));
  return row;
}

function heading(item) {
  return element(
    "div",
    { className: "heading" },
    element("span", { className: "name", dir: "auto" }, item.name),
    element("span", { className: "tools" }, tool("edit", "Edit", item), tool("delete", "Delete", item)),
  );
}

function tool(className, label, { id }) {
  return element("button", { className, ariaLabel: `${label} item ${id}` }, label);
}

function footing(item) {
  const link = element("a", { href: `/api/items/${item.id}` }, `#${item.id}`);
  const words = item.version > 1 ? ["changed ", moment(item.updated_at)] : [moment(item.created_at)];
  return element("p", { className: "hint" }, link, " · ", ...words);
}

function moment(text) {
  return time(new Date(text), { dateStyle: "medium", timeStyle: "short" });
}

function description(text) {
  const paragraph = element("p", { className: "description", dir: "auto" }, text);
  if (text.length <= longText && text.split("\n").length <= longLines) return [paragraph];
  return [paragraph, folder(paragraph)];
}

// folder returns the button that folds and unfolds a paragraph, now folded.
function folder(paragraph) {
  const button = element("button", { className: "quiet", ariaExpanded: "false" }, "Show all");
  paragraph.classList.add("folded");
  button.addEventListener("click", () => {
    const folded = paragraph.classList.toggle("folded");
    button.ariaExpanded = String(!folded);
    button.textContent = folded ? "Show all" : "Show less";
  });
  return button;
}
