import { base64url, bindingHash, bytes, decode, verifySignature } from './jws.js';

/**
 * Judges a receipt in this page, as `./stile receipt verify` does: nothing in it is believed for
 * being signed by Stile alone.
 *
 * @returns {Promise<Array<{step: string, good: boolean, text: string}>>} each step, in their order
 */
export function checkReceipt(receipt) {
  const { claims } = decode(receipt);
  const steps = [
    ['issuer', 'Stile signed this receipt.', 'Stile did not sign this.', async () => (await verifySignature(receipt)).valid],
    ['shown', 'The text and the details are the ones that were hashed.', 'The text or a detail was changed.', () => hashed(claims)],
    ['asked', 'The passkey was asked for exactly that hash.', 'The passkey was asked for something else.', () => asked(claims)],
    ['passkey', 'The key of the passkey signed it.', 'The key of the passkey did not sign this.', () => signed(claims)],
  ];
  return Promise.all(steps.map(async ([step, holds, fails, test]) => {
    const good = await test().catch(() => false);
    return { step, good, text: good ? holds : fails };
  }));
}

async function hashed({ display, display_hash: hash, binding, bnd }) {
  return base64url(await sha256(utf8(display))) === hash && (await bindingHash(binding)) === bnd;
}

/** The challenge is derived again from the claims (ADR 0016), and the client data must hold that one. */
async function asked({ nonce, tenant, sub, txn, action, bnd, display, rp_id: party, assertion }) {
  const fields = [utf8('stile-assertion-v1'), bytes(nonce), ...[tenant, sub, txn, action, bnd, display].map(utf8)];
  const challenge = base64url(await sha256(await joined(...fields.flatMap((field) => [length(field), field]))));
  const client = JSON.parse(new TextDecoder().decode(bytes(assertion.clientDataJSON)));
  const hashOfParty = bytes(assertion.authenticatorData).slice(0, 32);
  return client.type === 'webauthn.get' && client.challenge === challenge
    && base64url(hashOfParty) === base64url(await sha256(utf8(party)));
}

const HASHES = { ES256: 'SHA-256', ES384: 'SHA-384', ES512: 'SHA-512' };

/** WebAuthn Level 3 §7.2, step 22: over the authenticator data and the hash of the client data. */
async function signed({ assertion, credential: { public_key: { alg, ...jwk } } }) {
  const message = await joined(bytes(assertion.authenticatorData), await sha256(bytes(assertion.clientDataJSON)));
  const signature = bytes(assertion.signature);
  if (alg === 'RS256') {
    return verifies({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, jwk, signature, message);
  }
  if (alg === 'EdDSA') {
    return verifies({ name: jwk.crv }, jwk, signature, message);
  }
  const algorithm = { name: 'ECDSA', namedCurve: jwk.crv, hash: HASHES[alg] };
  return verifies(algorithm, jwk, fixed(signature, bytes(jwk.x).length), message);
}

async function verifies(algorithm, jwk, signature, message) {
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  return crypto.subtle.verify(algorithm, key, signature, message);
}

/** The two numbers of an ECDSA signature in DER (RFC 3279 §2.2.3), each as long as the field. */
function fixed(der, size) {
  const pair = new Uint8Array(2 * size);
  let at = der[1] & 0x80 ? 3 : 2;
  for (const end of [size, 2 * size]) {
    const next = at + 2 + der[at + 1];
    const number = der.slice(at + 2, next);
    const digits = number.slice(number.findIndex((octet) => octet !== 0));
    pair.set(digits, end - digits.length);
    at = next;
  }
  return pair;
}

const utf8 = (text) => new TextEncoder().encode(text);

const sha256 = async (octets) => new Uint8Array(await crypto.subtle.digest('SHA-256', octets));

const joined = async (...parts) => new Uint8Array(await new Blob(parts).arrayBuffer());

function length(field) {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setUint32(0, field.length);
  return four;
}
