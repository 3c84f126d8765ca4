import { clockTime, countdown } from './times.js';

const wait = ({ body, retryAfter }) => {
  if (body.retry_at) {
    return `Try again at ${clockTime(body.retry_at)}, or move the local clock forward.`;
  }
  return retryAfter
    ? `Try again in ${countdown(retryAfter * 1000)}, or move the local clock forward.`
    : 'Wait a little, then try again.';
};

const attempts = (left) => {
  if (left === undefined) return 'Check it and try again.';
  if (left === 0) return 'That was the last attempt: start a new challenge.';
  return left === 1 ? 'One attempt is left.' : `${left} attempts are left.`;
};

/** What people mistype most, in their words; Stile's own tell the member and the standard. */
const FIELDS = {
  '/phone': 'This is not a telephone number. Write it with the country code, as in +41 79 123 45 67.',
  '/email': 'This is not an e-mail address. Write it as in alice@example.org.',
};

/** For each problem code, what happened and what to do about it. */
const ADVICE = {
  offline: () => 'Stile does not answer. Is it still running? Start it again with ./stile up.',
  invalid_request: ({ body }) =>
    FIELDS[body.pointer] ?? `${(body.detail ?? 'Something in the form is not right').replace(/\.$/, '')}. Correct it and try again.`,
  unauthenticated: () => 'Your sign-in has ended. Sign in again.',
  insufficient_user_authentication: () =>
    'This change needs a fresher or stronger proof than you gave. Sign in again, or confirm with your strongest factor.',
  policy_denied: () => 'The policy does not allow this. Choose another action or another factor.',
  destination_blocked: () => 'Stile may not send to this destination. Use another number or address.',
  last_factor: () => 'This is your only factor, and without it you would be locked out. Add another one first.',
  not_found: () => 'This is no longer there. It may have ended, or belong to an earlier sign-in. Start again.',
  no_factor: () => 'You have no factor that can answer this. Add one under “Factors” first.',
  factor_exists: () => 'You have enrolled this already. Use it, or add another one.',
  grant_consumed: () => 'The confirmation was used already: it is good for one change. Confirm once more.',
  already_completed: () => 'This challenge has ended. Start a new one.',
  challenge_expired: () => 'Time ran out for this challenge. Start a new one.',
  factor_locked: (problem) => `After several wrong codes this factor rests for a while. ${wait(problem)} Or use another factor.`,
  too_many_attempts: () => 'No attempts are left for this challenge. Start a new one.',
  code_incorrect: ({ body, answeredWith }) =>
    `That code is not right. ${attempts(body.attempts_left)}${answeredWith === 'totp' && body.attempts_left !== 0 ? ' A code that was used before does not count: wait for the next.' : ''}`,
  assertion_invalid: () => 'This passkey’s answer did not verify, and its challenge is used up. Start a new one.',
  challenge_not_ready: () => 'The code is not made yet. Wait a moment, then try again.',
  passkey_turned_away: () => 'The browser gave no passkey: you turned it away, it took too long, or none of yours is here. Try again, or use another factor.',
  passkey_known: () => 'A passkey of yours is on this device already. Use it, or choose another device.',
  passkey_address: () => 'Passkeys belong to an address. Open this page as http://localhost with its port, not by a number.',
  passkey_unsupported: () => 'This browser or device cannot do what is asked for here. Try another one, or another kind of factor.',
  code_already_used: () => 'This code was accepted already, and each works only once. Wait for the next one.',
  binding_mismatch: () => 'The details do not match those that were approved. Start again.',
  rate_limited: (problem) => `That was a lot of requests. ${wait(problem)}`,
  resend_too_soon: (problem) => `The last message is still on its way. ${wait(problem)}`,
  unavailable: () => 'Stile cannot decide right now, so nothing was approved. Try again in a moment.',
  delivery_unavailable: () => 'The message could not be sent. Send it again, or use another factor.',
};

/**
 * A few sentences a person can act on; Stile's own words where the code is unknown. The kind of
 * factor that was answered, where known, stands in `answeredWith`.
 */
export function explain(problem) {
  const advice = ADVICE[problem.code];
  if (advice) {
    return advice(problem);
  }
  // A fault of the page itself must stay findable, not only be shown.
  if (!problem.code) {
    console.error(problem);
  }
  return problem.message || 'Something went wrong. Try again.';
}
