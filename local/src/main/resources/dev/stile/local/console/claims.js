import { countdown, dayAndTime } from './times.js';

const TIMES = new Set(['iat', 'exp', 'nbf', 'auth_time']);

/** The questions that a grant answers, and the claims that answer them. */
const GROUPS = [
  ['What was approved', ['action', 'bnd', 'scope', 'txn']],
  ['By whom, and how surely', ['sub', 'acr', 'amr', 'auth_time', 'sid', 'epoch']],
  ['Between whom', ['iss', 'aud', 'client_id', 'cnf']],
  ['For how long', ['iat', 'nbf', 'exp', 'jti']],
];

/** The names of these claims by the question that they answer. */
export function grouped(names) {
  const known = new Set(GROUPS.flatMap(([, group]) => group));
  return [...GROUPS, ['Besides', names.filter((name) => !known.has(name))]]
    .map(([title, group]) => [title, group.filter((name) => names.includes(name))])
    .filter(([, group]) => group.length > 0);
}

/** Authentication methods of RFC 8176, as far as Stile gives them. */
const MEANS = {
  otp: 'a one-time code', sms: 'sent by SMS', hwk: 'a passkey that stays in its hardware', swk: 'a passkey that is synced',
  user: 'the device checked that it is you', mfa: 'two factors', rc: 'a recovery code',
};

const EXPLAINED = {
  iss: 'Who signed: a service must expect exactly this issuer.',
  sub: 'Who was verified.',
  aud: 'Which service the grant is for; any other must refuse it.',
  client_id: 'Which client asked for the challenge.',
  iat: 'When it was signed.',
  exp: 'When it ends: five minutes at most, since it cannot be called back from services that check by themselves.',
  nbf: 'Before this it is not valid.',
  jti: 'Its own number, so that a service can take it only once.',
  auth_time: 'When the person proved it; a service compares it with how fresh it wants the proof.',
  acr: 'How strong the proof was, as a level of the policy.',
  amr: 'By which means it was proven (RFC 8176).',
  txn: 'The challenge that it came from, for the audit trail.',
  action: 'What was approved, and nothing else.',
  bnd: 'A hash of the details that were approved: with another amount or payee it no longer fits.',
  sid: 'The login session in which it happened.',
  epoch: 'A counter of the account: whoever raises it can tell older grants apart and refuse them.',
  scope: 'The same action in the form that gateways check.',
  cnf: 'The key that the holder must show as well.',
};

export const explainClaim = (name) => EXPLAINED[name] ?? 'A claim of your policy.';

/** The value as it stands, and for a time also the way people read it. */
export function readClaim(name, value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const means = name === 'amr' ? value.map((one) => MEANS[one] ?? one).join(', ') : null;
  return { text, note: TIMES.has(name) ? dayAndTime(value * 1000) : means };
}

/** `4:31 left` or `ended`, by Stile's clock. */
export const validity = (millis) => (millis > 0 ? `valid for ${countdown(millis)} more` : 'expired');
