// A user adds an authenticator app, then a passkey, and steps up with it.
//   node samples/enroll.mjs
import { randomUUID } from 'node:crypto';
import { appCode, login, moveClock, passkey } from './lib/local.mjs';
import { asUser } from './lib/stile.mjs';

/** Shows `factor.qr_svg` to the user, who types the first code. */
export async function addApp(call, firstCode) {
  const factor = await call('POST', '/v1/factors', { type: 'totp', label: 'My app' });
  const code = await firstCode(factor);
  return call('POST', `/v1/factors/${factor.id}/activate`, { code });
}

/** In a browser `create` is
 *  options => navigator.credentials.create({
 *    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }).then(c => c.toJSON()). */
export async function addPasskey(call, create) {
  const factor = await call('POST', '/v1/factors', { type: 'webauthn', label: 'My laptop' });
  const credential = await create(factor.webauthn);
  return call('POST', `/v1/factors/${factor.id}/activate`, { credential });
}

/** A grant for an action. `answer` gets the challenge and brings `{code}` or `{credential}`. */
export async function stepUp(call, asked, answer) {
  const challenge = await call('POST', '/v1/challenges', asked);
  const verdict = await call(
    'POST',
    `/v1/challenges/${challenge.id}/verify`,
    await answer(challenge),
  );
  return verdict.grant;
}

// What follows plays the user.
const token = await login(`sample-${randomUUID()}`);
let secret;
const app = await addApp(asUser(token), (factor) => appCode((secret = factor.secret)));
console.log(`The app is ${app.status}.`);

// From the second factor on, adding one needs a fresh grant.
await moveClock('PT31S');
const manage = await stepUp(asUser(token), { action: 'manage-factors' }, async () => ({
  code: await appCode(secret),
}));
const device = passkey();
const added = await addPasskey(asUser(token, manage.token), device.create);
console.log(`The passkey is ${added.status}.`);

const grant = await stepUp(
  asUser(token),
  { action: 'transfer', binding: { amount: '100 EUR', to: 'Ada' }, factor_id: added.id },
  (challenge) => ({ credential: device.get(challenge.webauthn) }),
);
console.log(`Stepped up: acr ${grant.acr}, amr ${grant.amr.join(' ')}.`);
