// Calls Stile by either door. Copy what you need: it has no dependency but Node's own modules.
import { createHash, createHmac } from 'node:crypto';

export const stile = process.env.STILE ?? 'http://localhost:8080';

/** A call by a user, with the access token of the primary login, and a grant where one is needed. */
export function asUser(token, grant) {
  const headers = { authorization: `Bearer ${token}` };
  if (grant) headers['stile-grant'] = grant;
  return (method, path, body) => send(method, path, body, headers);
}

/** A call by a back end for a user, signed by Signature Version 4 as the role that the policy names. */
export function asBackEnd(user, credentials = ofEnvironment()) {
  return (method, path, body) => {
    const below = path.replace('/v1/', `/v1/users/${encodeURIComponent(user)}/`);
    const text = body === undefined ? '' : JSON.stringify(body);
    return send(method, below, body, sign(method, new URL(stile + below), text, credentials));
  };
}

async function send(method, path, body, headers) {
  const answer = await fetch(stile + path, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : {};
  if (!answer.ok) {
    const problem = new Error(`${method} ${path}: ${answer.status} ${json.code ?? ''}`);
    throw Object.assign(problem, { status: answer.status, problem: json, headers: answer.headers });
  }
  return json;
}

/** What Lambda, ECS and a shell with a role have; without them, those of the local mode. */
function ofEnvironment() {
  const env = process.env;
  return {
    keyId: env.AWS_ACCESS_KEY_ID ?? 'STILELOCAL',
    secret: env.AWS_SECRET_ACCESS_KEY ?? 'stilelocalsecret',
    token: env.AWS_SESSION_TOKEN,
    region: env.AWS_REGION ?? 'eu-central-1',
  };
}

/** The headers of a request that is signed (AWS Signature Version 4, service execute-api). */
export function sign(method, url, body, { keyId, secret, token, region }, now = new Date()) {
  const time = now.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/execute-api/aws4_request`;
  const headers = { host: url.host, 'x-amz-date': time };
  if (token) headers['x-amz-security-token'] = token;
  const names = Object.keys(headers).sort();
  const request = [
    method,
    url.pathname.split('/').map(encodeURIComponent).join('/'), // encoded once more
    '', // no call here has a query
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n');
  const key = scope.split('/').reduce((k, part) => hmac(k, part), `AWS4${secret}`);
  const signature = hmac(key, toSign).toString('hex');
  delete headers.host; // fetch sends it
  headers.authorization =
    `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, ` +
    `SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return headers;
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
