// Requests to the service, and what can go wrong with one.

import { askForToken, authorization } from "./token.js";

const patience = 10_000; // milliseconds after which a request counts as unanswered

// Failure is a request that did not succeed. Its status is 0 where no answer came;
// errors are those of the API's problem body.
export class Failure extends Error {
  constructor(status, message, errors = []) {
    super(message);
    Object.assign(this, { status, errors });
  }

  // Asking again may help, unless the request itself was at fault. 409 is the
  // answer while an earlier attempt still runs.
  get isTemporary() {
    return this.status < 400 || this.status >= 500 || [408, 409, 429].includes(this.status);
  }
}

// send returns the decoded body and the headers of a successful answer.
export async function send(path, options) {
  const { text, response } = await sendText(path, options);
  const body = decode(text);
  if (!body && text) throw failure(response, undefined);
  return { body, headers: response.headers };
}

// sendText returns the body of a successful answer as it came. A write that wants a
// token asks the user for one, and goes on with it. The option within is how many
// milliseconds the answer may take.
export async function sendText(path, options = {}) {
  for (;;) {
    const { response, text } = await exchange(path, options);
    if (response.ok) return { response, text };
    const failed = failure(response, decode(text));
    const isRefused = options.method && (failed.status === 401 || failed.status === 403);
    if (!isRefused || !(await askForToken(failed))) throw failed;
  }
}

async function exchange(path, { within = patience, headers, ...options }) {
  try {
    const signal = AbortSignal.timeout(within);
    const response = await fetch(path, { ...options, signal, headers: { ...headers, ...authorization() } });
    return { response, text: await response.text() };
  } catch {
    throw new Failure(0, "The service cannot be reached.");
  }
}

function failure(response, body) {
  const said = body?.detail ?? `The service answered ${response.status} ${response.statusText}.`;
  const wait = Number(response.headers.get("Retry-After"));
  return new Failure(response.status, wait ? `${said} Try again in ${wait} s.` : said, body?.errors);
}

function decode(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an answer of something between the page and the service
  }
}
