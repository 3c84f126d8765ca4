// An API behind the authorizer and the guard: the client learns from a 401 which step-up is needed,
// does it, and repeats the call with the grant. The API is the local mode's sample shop.
//   node samples/api.mjs
import { randomUUID } from 'node:crypto';
import { appCode, login, moveClock } from './lib/local.mjs';
import { asUser, stile } from './lib/stile.mjs';

/** POSTs to a protected route. Where it asks for a step-up (RFC 9470), `answer` brings the code. */
export async function pay(details, token, answer) {
  const first = await post(details, token);
  const header = first.headers.get('www-authenticate') ?? '';
  if (first.status !== 401 || !header.includes('insufficient_user_authentication')) return first;
  const call = asUser(token);
  const acr_values = header.match(/acr_values="([^"]*)"/)?.[1];
  const challenge = await call('POST', '/v1/challenges', {
    action: 'pay',
    binding: details,
    ...(acr_values && { acr_values }),
  });
  const path = `/v1/challenges/${challenge.id}/verify`;
  const { grant } = await call('POST', path, { code: await answer(challenge) });
  return Object.assign(await post(details, grant.token), { grant });
}

function post(details, token) {
  return fetch(`${stile}/demo/payments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(details),
  });
}

// What follows plays the user.
const token = await login(`sample-${randomUUID()}`);
const call = asUser(token);
const app = await call('POST', '/v1/factors', { type: 'totp' });
await call('POST', `/v1/factors/${app.id}/activate`, { code: await appCode(app.secret) });
await moveClock('PT31S');

const details = { amount: '100 EUR', payee: 'Ada' };
console.log(`With the access token alone: ${(await post(details, token)).status}.`);
const paid = await pay(details, token, () => appCode(app.secret));
console.log(`With a step-up: ${paid.status}.`);
console.log(`With the same grant again: ${(await post(details, paid.grant.token)).status}.`);
