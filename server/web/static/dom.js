// Small makers of elements. Text only ever becomes text, never markup.

// byId returns the page's element of that id.
export function byId(id) {
  return document.getElementById(id);
}

// element makes an element with properties and children; strings become text.
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// time shows a moment in the reader's own zone and manner.
export function time(moment, style) {
  const text = new Intl.DateTimeFormat(undefined, style).format(moment);
  return element("time", { dateTime: moment.toISOString() }, text);
}

// button makes a button that does something.
export function button(label, onclick, className = "") {
  return element("button", { type: "button", className, onclick }, label);
}

// warn shows a message in an alert region, with what can be done about it: actions
// by their labels. The focus stays with these.
export function warn(region, message, actions = {}) {
  if (region.firstChild?.textContent === message) return; // said already
  const buttons = Object.entries(actions).map(([label, act]) => button(label, act));
  const hadFocus = region.contains(document.activeElement);
  region.replaceChildren(element("p", {}, message), element("div", { className: "actions" }, ...buttons));
  if (hadFocus) buttons[0]?.focus();
}

// announce tells users of assistive technology what sighted users see happen.
export function announce(message) {
  byId("announcer").replaceChildren(message);
}
