/** Tells of each finished exchange as a `CustomEvent` named `exchange`. */
export const traffic = new EventTarget();

let bearer = null;
let recover = async () => false;

/** The access token that goes with calls to `/v1` and to the shop. */
export function useBearer(token) {
  bearer = token;
}

/** What to do when the access token is refused; true means "renewed, ask again". */
export function onUnauthenticated(renew) {
  recover = renew;
}

/** An answer that is not a success: the members of RFC 9457 and Stile's own beside them. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.body = body;
    this.code = body.code ?? 'unknown';
    this.retryAfter = retryAfter;
  }
}

/**
 * Sends one request and gives the parsed answer, or throws a {@link Problem}.
 *
 * @param {{body?: object, grant?: string, token?: string, quiet?: boolean}} options `grant` goes into
 *     the header `Stile-Grant`; `token` in place of the access token, as the shop takes a grant; what
 *     is quiet happened without anybody asking, and is not told
 */
export async function call(method, path, options = {}) {
  try {
    return await exchange(method, path, options);
  } catch (problem) {
    if (problem.code === 'unauthenticated' && (await recover())) {
      return exchange(method, path, options);
    }
    throw problem;
  }
}

async function exchange(method, path, { body, grant, quiet, token = bearer }) {
  const headers = headersFor(path, body, grant, token);
  const started = performance.now();
  const response = await send(method, path, headers, body);
  const answer = parse(await response.text());
  if (!quiet) {
    report({ method, path, headers, body, started, status: response.status, answer, response });
  }
  if (!response.ok) {
    const retryAfter = Number(response.headers.get('Retry-After')) || null;
    throw new Problem(response.status, Object(answer), retryAfter);
  }
  return answer;
}

function headersFor(path, body, grant, token) {
  const headers = {};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (token && (path.startsWith('/v1/') || path.startsWith('/demo/'))) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (grant) {
    headers['Stile-Grant'] = grant;
  }
  return headers;
}

async function send(method, path, headers, body) {
  try {
    return await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: 'no-store' });
  } catch {
    report({ method, path, headers, body, started: performance.now(), status: 0, answer: null });
    throw new Problem(0, { code: 'offline', title: 'Stile did not answer' }, null);
  }
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return text;
  }
}

function report({ started, response, ...rest }) {
  const detail = {
    ...rest,
    millis: Math.round(performance.now() - started),
    trace: response?.headers.get('Apigw-Requestid') ?? null,
    challengeHeader: response?.headers.get('WWW-Authenticate') ?? null,
  };
  traffic.dispatchEvent(new CustomEvent('exchange', { detail }));
}
