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

// expect throws what was caught unless it is a Failure, and so the page's own mistake.
export function expect(caught) {
  if (!(caught instanceof Failure)) throw caught;
}

// send returns the decoded body and the headers of a successful answer.
export async function send(path, options) {
  const { content: text, response } = await request(path, options);
  const body = decode(text);
  if (!body && text) throw failure(response, undefined);
  return { body, headers: response.headers };
}

// request returns a successful answer and its content, which read reads, as text unless
// given. One that names its method is its user's doing: where it needs a token it asks
// for one. The option within is how many milliseconds the answer may take.
export async function request(path, options = {}) {
  for (;;) {
    const { response, content } = await exchange(path, options);
    if (response.ok) return { response, content };
    const failed = failure(response, decode(content));
    const isRefused = options.method && (failed.status === 401 || failed.status === 403);
    if (!isRefused || !(await askForToken(failed))) throw failed;
  }
}

async function exchange(path, { within = patience, read = textOf, headers, ...options }) {
  let response;
  try {
    const signal = AbortSignal.timeout(within);
    response = await fetch(path, { ...options, signal, headers: { ...headers, ...authorization() } });
    return { response, content: await (response.ok ? read : textOf)(response) };
  } catch ({ message }) {
    throw new Failure(0, response ? `The answer broke off (${message}).` : "The service cannot be reached.");
  }
}

function textOf(response) {
  return response.text();
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
