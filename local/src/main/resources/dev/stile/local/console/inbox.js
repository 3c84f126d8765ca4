import { call } from './api.js';

/** Fires `change` when a message came in. */
export const inbox = new EventTarget();

const byId = new Map();

/** Newest first. */
export const messages = () => [...byId.values()].reverse();

/**
 * Follows the inbox. Each time the stream (re)opens the whole list is read, so that nothing that
 * came in between is missed; ids tell what is known already.
 */
export function followInbox() {
  const stream = new EventSource('/local/inbox/stream');
  stream.addEventListener('open', () => call('GET', '/local/inbox', { quiet: true }).then(add).catch(() => {}));
  stream.addEventListener('message', (event) => add([JSON.parse(event.data)]));
}

function add(list) {
  const fresh = list.filter((message) => !byId.has(message.id));
  fresh.forEach((message) => byId.set(message.id, message));
  if (fresh.length) {
    inbox.dispatchEvent(new Event('change'));
  }
}

const CODE = /\d{6,8}/;

/** The code in a message: its first run of six to eight digits, which a notice does not have. */
export const codeIn = (message) => (message.kind === 'otp' ? CODE.exec(message.body)?.[0] ?? null : null);

/** The newest code that was sent for this challenge: its channel, its time, and the end of the hint. */
export function codeFor(challenge) {
  const { type, hint = '' } = challenge.factor;
  const tail = /[\w@.-]*$/.exec(hint)[0];
  const since = Math.floor(Date.parse(challenge.created_at) / 1000) * 1000;
  const message = messages().find(
    ({ kind, channel, to, at }) =>
      kind === 'otp' && channel === type && to.endsWith(tail) && Date.parse(at) >= since);
  return message ? codeIn(message) : null;
}
