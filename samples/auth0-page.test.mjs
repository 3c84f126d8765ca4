// The Action, the page and Stile together; Auth0 itself is a few lines.
//   ./stile up, then: node --test samples/
import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { after, before, it } from 'node:test';
import { page } from './auth0-page.mjs';
import { appCode, moveClock } from './lib/local.mjs';
import { asBackEnd, stile } from './lib/stile.mjs';

const action = createRequire(import.meta.url)('../auth0/post-login.js');
const domain = 'acme.eu.auth0.com';
const secret = 'a secret of thirty-two bytes, no less';
const user = `auth0|${randomUUID()}`;
const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');
const hs256 = (claims) => {
  const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};
const server = page({ domain, secret });
let address;
let app;

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${server.address().port}/`;
  const call = asBackEnd(user);
  app = await call('POST', '/v1/factors', { type: 'totp' });
  await call('POST', `/v1/factors/${app.id}/activate`, { code: await appCode(app.secret) });
  // A code is good once, and the clock that was moved for the next one is the page's as well.
  const { now } = await moveClock('PT31S');
  const wall = Date.now;
  const ahead = Date.parse(now) - wall();
  Date.now = () => wall() + ahead;
});
after(() => server.close());

const redirected = (claims = {}) =>
  hs256({ iss: domain, sub: user, exp: Math.floor(Date.now() / 1000) + 300, ...claims });

const open = (token, state = 'st4te') =>
  fetch(`${address}?${new URLSearchParams({ session_token: token, state })}`);

const fields = (html) =>
  Object.fromEntries(
    [...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value.replace(/&#(\d+);/g, (_, c) => String.fromCharCode(c)),
    ]),
  );

const type = async (shown, code) => {
  const body = new URLSearchParams({ ...shown, code });
  return (await fetch(address, { method: 'POST', body })).text();
};

it('takes a login to the page and back with a grant that the Action takes', async () => {
  const shown = fields(await (await open(redirected())).text());
  const code = await appCode(app.secret);
  const wrong = code === '000000' ? '000001' : '000000';
  assert.match(await type(shown, wrong), /not right/);

  const html = await type(shown, code);
  assert.match(html, /action="https:\/\/acme\.eu\.auth0\.com\/continue\?state=st4te"/);
  const claims = JSON.parse(Buffer.from(fields(html).session_token.split('.')[1], 'base64url'));
  assert.equal(claims.state, 'st4te');

  const seen = {};
  await action.onContinuePostLogin(
    {
      user: { user_id: user },
      secrets: { STILE_ISSUER: stile, STILE_AUDIENCE: 'stile', SESSION_SECRET: secret },
    },
    {
      redirect: { validateToken: () => claims },
      access: { deny: (reason) => assert.fail(reason) },
      accessToken: { setCustomClaim: (name, value) => (seen[name] = value) },
      idToken: { setCustomClaim: () => {} },
    },
  );
  assert.equal(seen[`${stile}/acr`], 'aal2');
  assert.deepEqual(seen[`${stile}/amr`], ['otp']);

  assert.doesNotMatch(await type(shown, code), /continue/, 'a code is good for one login');
});

it('opens nothing for a link that is not the Action’s', async () => {
  const now = Math.floor(Date.now() / 1000);
  const forged = redirected().replace(/\.[^.]+$/, '.AAAA');
  for (const token of ['', 'a.b.c', forged, redirected({ exp: now - 1 }), redirected({ iss: 'x' })]) {
    assert.equal((await open(token)).status, 400);
  }
});
