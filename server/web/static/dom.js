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

// warn shows a message in an alert region, with a way to try again if there is one.
export function warn(region, message, retry) {
  if (region.firstChild?.textContent === message) return; // said already
  const button = retry && element("button", { type: "button", onclick: retry }, "Try again");
  region.replaceChildren(element("p", {}, message), ...(button ? [button] : []));
}

// announce tells users of assistive technology what sighted users see happen.
export function announce(message) {
  byId("announcer").replaceChildren(message);
}
