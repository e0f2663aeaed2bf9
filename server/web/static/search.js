// The field that names are searched by.

import { byId } from "./dom.js";
import { search, searched } from "./pager.js";

const pause = 250; // milliseconds without a key after which the search begins
const field = byId("search");

let timer;

// startSearch calls onSearch when the list has gone to other names.
export function startSearch(onSearch) {
  const begin = () => {
    clearTimeout(timer);
    if (field.value.trim() === searched()) return;
    search(field.value.trim());
    onSearch();
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(begin, pause);
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin();
  });
  byId("clear-search").addEventListener("click", () => {
    field.value = "";
    field.focus();
    begin();
  });
  showSearch();
}

// showSearch makes the field say what is searched for.
export function showSearch() {
  field.value = searched();
}
