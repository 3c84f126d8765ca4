// The page to which the Auth0 Action (auth0/post-login.js) sends a login: asks for a code, has Stile
// judge it by the door of back ends, and goes back with the grant in a signed token.
//   AUTH0_DOMAIN=acme.eu.auth0.com SESSION_SECRET=… node samples/auth0-page.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { asBackEnd } from './lib/stile.mjs';

/** A server for one Auth0 tenant; the secret is the Action's. It keeps nothing between two requests. */
export function page({ domain, secret }) {
  return createServer(async (request, response) => {
    try {
      const url = new URL(request.url, 'http://page');
      const posted = request.method === 'POST';
      const form = posted ? new URLSearchParams(await bodyOf(request)) : url.searchParams;
      const token = form.get('session_token') ?? '';
      const state = form.get('state') ?? '';
      const { sub } = opened(token, domain, secret);
      if (!posted) {
        const challenge = await asBackEnd(sub)('POST', '/v1/challenges', { action: 'login' });
        ask(response, { token, state, challenge: challenge.id, type: challenge.factor.type });
        return;
      }
      const challenge = form.get('challenge') ?? '';
      const type = form.get('type') ?? '';
      const grant = await judged(sub, challenge, form.get('code') ?? '');
      if (!grant) {
        ask(response, { token, state, challenge, type, wrong: true });
        return;
      }
      const now = Math.floor(Date.now() / 1000);
      const back = sealed({ iss: domain, sub, iat: now, exp: now + 60, state, grant }, secret);
      goOn(response, `https://${domain}/continue?state=${encodeURIComponent(state)}`, back);
    } catch (e) {
      const why = e.problem?.detail ?? 'This link is not valid. Begin again where you came from.';
      html(response, e.status ?? 400, `<p>${escaped(why)}</p>`);
    }
  });
}

async function judged(user, challenge, code) {
  const path = `/v1/challenges/${encodeURIComponent(challenge)}/verify`;
  try {
    return (await asBackEnd(user)('POST', path, { code })).grant.token;
  } catch (e) {
    if (e.problem?.code === 'code_incorrect' && e.problem.attempts_left > 0) return undefined;
    throw e;
  }
}

function opened(token, domain, secret) {
  const [head, body, mac] = token.split('.');
  const given = Buffer.from(mac ?? '', 'base64url');
  const right = createHmac('sha256', secret).update(`${head}.${body}`).digest();
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw new Error('forged');
  const claims = JSON.parse(Buffer.from(body, 'base64url'));
  const alg = JSON.parse(Buffer.from(head, 'base64url')).alg;
  const fresh = claims.exp * 1000 > Date.now();
  if (alg !== 'HS256' || claims.iss !== domain || !claims.sub || !fresh) throw new Error('not ours');
  return claims;
}

function sealed(claims, secret) {
  const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

function ask(response, { token, state, challenge, type, wrong }) {
  const hidden = { session_token: token, state, challenge, type };
  const inputs = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  const from = { totp: 'from your authenticator app', sms: 'by SMS', email: 'by e-mail' }[type];
  html(
    response,
    200,
    `${wrong ? '<p role="alert">That code is not right.</p>' : ''}
    <form method="post">${inputs.join('')}
      <label>The code that you got ${from ?? ''}
        <input name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus>
      </label>
      <button>Go on</button>
    </form>`,
  );
}

/** By POST, so that the token stands in no address and no log of one. */
function goOn(response, action, token) {
  html(
    response,
    200,
    `<form method="post" action="${escaped(action)}">
      <input type="hidden" name="session_token" value="${escaped(token)}"><button>Go on</button>
    </form><script>document.forms[0].submit()</script>`,
  );
}

function html(response, status, body) {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(`<!doctype html><html lang="en"><title>One more step</title>${body}</html>`);
}

async function bodyOf(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 16_384) throw new Error('too long');
  }
  return body;
}

const escaped = (text) =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { AUTH0_DOMAIN: domain, SESSION_SECRET: secret, PORT: port = '3000' } = process.env;
  if (!domain || !secret) throw new Error('AUTH0_DOMAIN and SESSION_SECRET are not set');
  page({ domain, secret }).listen(Number(port), '127.0.0.1', () =>
    console.log(`The step-up page is at http://localhost:${port}/`),
  );
}
