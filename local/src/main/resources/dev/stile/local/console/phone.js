import { authenticator, currentCode, listAccounts } from './authenticator.js';
import { now, whileOpen } from './clock.js';
import { byId, fill, h, setText } from './dom.js';
import { copyText } from './feedback.js';
import { icon, ring } from './icons.js';
import { codeIn, inbox, messages } from './inbox.js';
import { session, subject } from './session.js';
import { clockTime } from './times.js';

const APPS = { sms: 'Messages', email: 'Mail' };

/** The phone beside the page: its authenticator, and every message that Stile sent. */
export function startPhone() {
  const time = h('span', { class: 'phone-time' });
  const accounts = h('div', { class: 'phone-accounts' });
  const list = h('ol', { class: 'phone-messages', 'aria-label': 'Messages, newest first' });
  const said = h('p', { class: 'visually-hidden', role: 'status' });
  fill(byId('phone'),
    h('div', { class: 'phone-bar', 'aria-hidden': 'true' }, time, h('span', { class: 'phone-notch' }), h('span', { class: 'phone-battery' })),
    h('h2', { id: 'phone-title', tabindex: '-1' }, 'Phone'),
    said,
    h('div', { class: 'phone-screen', tabindex: '0', role: 'region', 'aria-label': 'Screen of the phone' }, accounts, list));
  whileOpen(null, () => setText(time, clockTime(now()).slice(0, 5)));
  followAccounts(accounts);
  followMessages(list, said);
}

function followMessages(list, said) {
  const shown = new Set();
  function draw() {
    const all = messages();
    if (all.length === 0) {
      fill(list, h('li', { class: 'empty', testid: 'inbox-empty' }, 'No messages yet. Codes that Stile sends appear here at once.'));
      return;
    }
    fill(list, all.map((message) => {
      const fresh = shown.size > 0 && !shown.has(message.id);
      return bubble(message, fresh);
    }));
    if (all.some(({ id }) => !shown.has(id))) {
      setText(said, `New message by ${APPS[all[0].channel] ?? all[0].channel} at ${clockTime(all[0].at)}`);
    }
    all.forEach(({ id }) => shown.add(id));
  }
  inbox.addEventListener('change', draw);
  draw();
}

function bubble(message, fresh) {
  const { id, channel, kind, to, subject: title, body, at } = message;
  return h('li', { class: fresh ? 'message fresh' : 'message', testid: 'inbox-message', 'data-message': id, 'data-channel': channel, 'data-kind': kind, 'data-to': to },
    h('p', { class: 'message-head' },
      h('span', { class: `bubble-icon ${channel}` }, icon(channel)),
      h('span', { class: 'message-app' }, APPS[channel] ?? channel),
      h('time', { datetime: at }, clockTime(at))),
    h('p', { class: 'message-to' }, `to ${to}`),
    title && h('p', { class: 'message-title' }, title),
    h('p', { class: 'message-body', testid: 'inbox-body' }, withCode(body, codeIn(message))));
}

/** The text with its code as a button, in place. */
function withCode(body, code) {
  if (!code) {
    return body;
  }
  const start = body.indexOf(code);
  return [body.slice(0, start), codeButton(code, 'inbox-code'), body.slice(start + code.length)];
}

/** Copies the code. Dialogs, which cover the phone, offer it for filling in by themselves. */
function codeButton(code, testid) {
  const button = h('button', { type: 'button', class: 'code-button', testid, 'aria-label': `Copy the code ${code}`, onclick: copy }, code);
  async function copy() {
    button.dataset.copied = (await copyText(code)) ? 'copied' : 'failed';
    setTimeout(() => delete button.dataset.copied, 1500);
  }
  return button;
}

function followAccounts(element) {
  let round = new AbortController();
  function draw() {
    round.abort();
    round = new AbortController();
    const mine = listAccounts().filter(([, { owner }]) => owner === subject());
    element.hidden = mine.length === 0;
    fill(element, mine.map(([id, account]) => accountRow(id, account, round.signal)));
  }
  authenticator.addEventListener('change', draw);
  session.addEventListener('change', draw);
  draw();
}

function accountRow(id, account, signal) {
  const code = h('span', null);
  const rest = ring();
  let button = null;
  whileOpen(signal, async () => {
    const { code: digits, share, used } = await currentCode(id);
    rest.set(share);
    code.classList.toggle('used', used);
    if (button?.textContent !== digits) {
      button = codeButton(digits, 'authenticator-code');
      fill(code, button);
    }
  });
  return h('div', { class: 'account-row', testid: 'authenticator-account' },
    h('span', { class: 'bubble-icon totp' }, icon('totp')),
    h('p', null, h('span', { class: 'message-app' }, 'Authenticator'), h('span', { class: 'message-to' }, account.label)),
    code, rest.element);
}
