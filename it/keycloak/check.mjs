// What it/keycloak/run runs, once both are up. Each line is printed when it has been seen to be true.
import assert from 'node:assert/strict';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { codeSentTo } from '../../samples/lib/local.mjs';
import { asUser, stile } from '../../samples/lib/stile.mjs';

const keycloak = process.env.KEYCLOAK;
const realm = `${keycloak}/realms/acme/protocol/openid-connect`;
const say = (line) => console.log(`ok  ${line}`);

async function form(url, fields, token) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) });
  return { status: answer.status, json: await answer.json().catch(() => ({})) };
}

const login = (fields) => form(`${realm}/token`, { client_id: 'shop', scope: 'openid', ...fields });
const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

/** As a browser does it: the page, its form, and the code that comes back (RFC 6749 §4.1, RFC 7636). */
async function signIn(username, password) {
  const redirect_uri = 'http://localhost/back';
  const code_verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'shop',
    response_type: 'code',
    scope: 'openid',
    redirect_uri,
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await fetch(`${realm}/auth?${query}`);
  const cookie = page.headers.getSetCookie().map((set) => set.split(';')[0]).join('; ');
  const action = (await page.text()).match(/action="([^"]+)"/)[1].replaceAll('&amp;', '&');
  const back = await fetch(action, {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams({ username, password }),
    redirect: 'manual',
  });
  const code = new URL(back.headers.get('location')).searchParams.get('code');
  return login({ grant_type: 'authorization_code', code, redirect_uri, code_verifier });
}

async function refused(call) {
  const e = await call().then(() => assert.fail('not refused'), (error) => error);
  return `${e.status}, ${e.problem.detail}`;
}

const signedIn = await signIn('ann', 'correct horse battery staple');
assert.equal(signedIn.status, 200);
const { access_token, id_token, refresh_token } = signedIn.json;
const { iss, sub, azp, aud, sid, exp, acr } = claims(access_token);
say(`logs in at Keycloak: iss ${iss}, azp ${azp}, aud ${[aud].flat().join(' ')}, acr ${acr}`);
assert.ok(sub && sid);

const call = asUser(access_token);
const phone = `+4179${String(randomInt(1e7)).padStart(7, '0')}`;
const factor = await call('POST', '/v1/factors', { type: 'sms', phone });
await call('POST', `/v1/factors/${factor.id}/activate`, { code: await codeSentTo(phone) });
say(`enrolls a phone with Keycloak's access token: ${factor.hint ?? factor.type}`);

const details = { amount: '100 EUR', payee: 'Ada' };
const pay = (token) =>
  fetch(`${stile}/demo/payments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(details),
  });
const asked = await pay(access_token);
assert.equal(asked.status, 401);
say(`is asked for a step-up by the protected route: ${asked.headers.get('www-authenticate')}`);

const since = new Date().toISOString();
const challenge = await call('POST', '/v1/challenges', { action: 'pay', binding: details });
const { grant } = await call('POST', `/v1/challenges/${challenge.id}/verify`, {
  code: await codeSentTo(phone, since),
});
assert.equal(claims(grant.token).sub, `keycloak|${sub}`);
assert.equal(claims(grant.token).sid, sid);
say(`steps up: sub ${'keycloak|' + sub.slice(0, 8)}…, acr ${grant.acr}, amr ${grant.amr.join(' ')}`);

const paid = await pay(grant.token);
assert.equal(paid.status, 200);
say(`calls the protected route with the grant: ${paid.status}`);

say(`is refused with the ID token: ${await refused(() => asUser(id_token)('GET', '/v1/factors'))}`);

const admin = await form(`${keycloak}/realms/master/protocol/openid-connect/token`, {
  client_id: 'admin-cli',
  grant_type: 'password',
  username: 'admin',
  password: 'admin',
});
const killed = await fetch(`${keycloak}/admin/realms/acme/sessions/${sid}`, {
  method: 'DELETE',
  headers: { authorization: `Bearer ${admin.json.access_token}` },
});
assert.equal(killed.status, 204);
say('ends the session at Keycloak');

const refreshed = await login({ grant_type: 'refresh_token', refresh_token });
assert.equal(refreshed.status, 400);
say(`gets no other token from Keycloak: ${refreshed.json.error_description}`);

const left = exp * 1000 - Date.now();
await new Promise((resolve) => setTimeout(resolve, Math.max(0, left) + 1_000));
const again = await refused(() => call('POST', '/v1/challenges', { action: 'login' }));
assert.match(again, /^401/);
say(`is refused a step-up once the last token is over: ${again}`);
