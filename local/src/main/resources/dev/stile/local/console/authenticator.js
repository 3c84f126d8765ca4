import { now } from './clock.js';

const KEY = 'stile.authenticator';
const HASHES = { SHA1: 'SHA-1', SHA256: 'SHA-256', SHA512: 'SHA-512' };
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A stand-in for the app on a phone: it follows Stile's clock, which a real phone cannot once that
 * clock was moved. The seeds stay in this tab. Fires `change` when an account is added or removed.
 */
export const authenticator = new EventTarget();

const accounts = new Map(JSON.parse(sessionStorage.getItem(KEY) ?? '[]'));

/** The factor ids and accounts, newest first. */
export const listAccounts = () => [...accounts].reverse();

export const hasAccount = (factorId) => accounts.has(factorId);

export function addAccount(factor, owner) {
  const { label, secret, algorithm = 'SHA1', digits = 6, period = 30 } = factor;
  accounts.set(factor.id, { label: label || 'Stile', owner, secret, algorithm, digits, period, used: -1 });
  save();
}

export function removeAccount(factorId) {
  if (accounts.delete(factorId)) {
    save();
  }
}

export function renameAccount(factorId, label) {
  if (accounts.has(factorId)) {
    accounts.get(factorId).label = label;
    save();
  }
}

/** Stile takes each code once, so the one that was just accepted is not worth offering again. */
export function markUsed(factorId) {
  if (accounts.has(factorId)) {
    accounts.get(factorId).used = step(accounts.get(factorId));
    save();
  }
}

/** The code of now, the milliseconds it still stands, and whether it was used. */
export async function currentCode(factorId) {
  const account = accounts.get(factorId);
  const length = account.period * 1000;
  return {
    code: await totp(account, step(account)),
    left: length - (now() % length),
    share: 1 - (now() % length) / length,
    used: account.used >= step(account),
    period: account.period,
  };
}

const step = ({ period }) => Math.floor(now() / 1000 / period);

/** RFC 6238, by way of RFC 4226 §5.3. */
async function totp({ secret, algorithm, digits }, counter) {
  const message = new DataView(new ArrayBuffer(8));
  message.setBigUint64(0, BigInt(counter));
  const key = await crypto.subtle.importKey('raw', base32(secret), { name: 'HMAC', hash: HASHES[algorithm] }, false, ['sign']);
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, message.buffer));
  const offset = mac.getUint8(mac.byteLength - 1) & 15;
  const number = (mac.getUint32(offset) & 0x7fffffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

function base32(text) {
  const bits = [...text].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g), (byte) => parseInt(byte, 2));
}

function save() {
  sessionStorage.setItem(KEY, JSON.stringify([...accounts]));
  authenticator.dispatchEvent(new Event('change'));
}
