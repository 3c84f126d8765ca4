import { call } from './api.js';

const ALGORITHMS = {
  ES256: { key: { name: 'ECDSA', namedCurve: 'P-256' }, verify: { name: 'ECDSA', hash: 'SHA-256' } },
  RS256: { key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, verify: { name: 'RSASSA-PKCS1-v1_5' } },
};

/** The three parts of a compact JWS, decoded but not yet trusted. */
export function decode(token) {
  const [header, payload, signature] = token.split('.');
  return { raw: { header, payload, signature }, header: readPart(header), claims: readPart(payload) };
}

/** The same token with other claims under the old signature: what a forger could make. */
export function withClaims(token, claims) {
  const { header, signature } = decode(token).raw;
  return [header, base64url(new TextEncoder().encode(JSON.stringify(claims))), signature].join('.');
}

/**
 * Checks the signature with the key that Stile publishes. The algorithm is taken from a list of two,
 * never from what a token merely claims.
 *
 * @returns {Promise<{valid: boolean, reason: string}>}
 */
export async function verifySignature(token) {
  const { raw, header } = decode(token);
  const algorithm = ALGORITHMS[header.alg];
  if (!algorithm) {
    return { valid: false, reason: `The algorithm ${header.alg} is not accepted.` };
  }
  const jwk = await publishedKey(header.kid);
  if (!jwk) {
    return { valid: false, reason: 'Stile publishes no key with this kid.' };
  }
  const { kty, crv, x, y, n, e } = jwk;
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y, n, e }, algorithm.key, false, ['verify']);
  const signed = new TextEncoder().encode(`${raw.header}.${raw.payload}`);
  const valid = await crypto.subtle.verify(algorithm.verify, key, bytes(raw.signature), signed);
  return { valid, reason: valid ? `${header.alg}, checked in this page with the published key.` : 'The signature does not fit these claims.' };
}

/** base64url SHA-256 of the RFC 8785 form; for a flat object of strings that is sorted JSON. */
export async function bindingHash(binding) {
  const sorted = Object.fromEntries(Object.entries(binding).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = new TextEncoder().encode(JSON.stringify(sorted));
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', text)));
}

const keys = new Map();

async function publishedKey(kid) {
  if (!keys.has(kid)) {
    const { keys: published } = await call('GET', '/.well-known/jwks.json');
    published.forEach((key) => keys.set(key.kid, key));
  }
  return keys.get(kid);
}

const readPart = (part) => JSON.parse(new TextDecoder().decode(bytes(part)));

export const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

export const base64url = (array) =>
  btoa(String.fromCharCode(...array)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
