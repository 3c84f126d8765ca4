import { traffic } from './api.js';
import { behind } from './behind.js';
import { shortened, summary } from './calls.js';
import { now } from './clock.js';
import { breakable, byId, fill, h, setText } from './dom.js';
import { hasSecrets, masked } from './masking.js';
import { timeline } from './timeline.js';
import { clockTime } from './times.js';
import { stepsOf, trace, want } from './trace.js';

const KEPT = 60;
const SHORT = 8;

export function startTraffic() {
  const list = h('ol', { class: 'exchanges', testid: 'exchanges' });
  const empty = h('p', { class: 'empty' }, 'Nothing yet. Sign in: each click shows here as its request, and behind it the calls, messages and writes of the functions.');
  const more = h('button', { type: 'button', class: 'link', 'aria-expanded': 'false', hidden: true, testid: 'exchanges-more', onclick: toggle });
  fill(byId('traffic'), empty, list, more);
  function toggle() {
    more.setAttribute('aria-expanded', String(list.classList.toggle('long')));
    label();
  }
  function label() {
    more.hidden = list.children.length <= SHORT;
    setText(more, list.classList.contains('long') ? 'Show the newest only' : `Show all ${list.children.length}`);
  }
  const entries = [];
  traffic.addEventListener('exchange', ({ detail }) => {
    empty.hidden = true;
    const last = entries.at(-1);
    // Asking again and again whether a message left is one thing that happened, not ten.
    if (last && detail.method === 'GET' && last.key === keyOf(detail)) {
      last.again(detail);
      return;
    }
    entries.push(exchange(detail));
    list.prepend(entries.at(-1).element);
    while (entries.length > KEPT) {
      entries.shift().element.remove();
    }
    label();
  });
  trace.addEventListener('step', ({ detail: id }) => entries.find((entry) => entry.trace() === id)?.ran());
}

const keyOf = ({ method, path, status }) => `${method} ${path} ${status}`;

/** One request with what it set off, which may go on after its answer. */
function exchange(first) {
  let detail = first;
  let count = 1;
  const { method, path, status, millis } = first;
  const times = h('span', { class: 'exchange-times' });
  const chain = h('span', { class: 'chain', testid: 'chain' });
  const body = h('div', { class: 'exchange-body' });
  const failed = status === 0 || status >= 400;
  const box = h('details', { ontoggle: draw },
    h('summary', null,
      h('span', { class: 'exchange-line' },
        h('span', { class: 'method' }, method), ' ',
        h('span', { class: 'path', title: path }, breakable(shortened(path))), ' ', times),
      chain,
      h('span', { class: 'exchange-facts' },
        h('span', { class: failed ? 'status failed' : 'status' }, status || 'no answer'),
        h('span', null, `${millis} ms`),
        h('span', null, clockTime(now())))),
    body);
  const element = h('li', { class: 'exchange', testid: 'exchange', 'data-method': method, 'data-path': path, 'data-status': status }, box);
  function draw() {
    if (box.open) {
      fill(body, parts(detail));
    }
  }
  function ran() {
    fill(chain, links(stepsOf(detail.trace)));
    draw();
  }
  function again(next) {
    detail = next;
    setText(times, `×${++count}`);
    follow();
  }
  function follow() {
    if (detail.trace) {
      want(detail.trace);
    }
    ran();
  }
  follow();
  return { element, again, ran, key: keyOf(first), trace: () => detail.trace };
}

/** `challenge: 1 read, 2 writes, 1 message → delivery worker: 2 writes, SMS`. */
function links(steps) {
  return steps.map((step, index) => [
    index > 0 && h('span', { class: 'chain-arrow' }, ' → '),
    h('span', { class: 'chain-link' }, h('strong', null, step.function), ` ${summary(step)}`),
  ]);
}

function parts(detail) {
  const story = behind(detail.method, detail.path);
  const steps = stepsOf(detail.trace);
  return [
    story && h('p', { class: 'story' }, story),
    steps.length > 0 && timeline(steps),
    messages(detail),
  ];
}

function messages({ headers, body, answer, challengeHeader }) {
  const sent = { ...headers };
  const got = challengeHeader && { 'WWW-Authenticate': challengeHeader };
  const secret = [sent, body, answer].some(hasSecrets);
  const panes = h('div', null);
  const reveal = h('button', { type: 'button', class: 'link', 'aria-pressed': 'false', testid: 'exchange-reveal', onclick: toggle }, 'Reveal secrets');
  let revealed = false;
  function toggle() {
    revealed = !revealed;
    reveal.setAttribute('aria-pressed', String(revealed));
    draw();
  }
  function draw() {
    const show = revealed ? (value) => value : masked;
    fill(panes,
      pane('Request', show(sent), show(body)),
      pane('Answer', got, answer === null ? undefined : show(answer)));
  }
  draw();
  return h('details', { class: 'more messages' },
    h('summary', { testid: 'exchange-messages' }, 'Request and answer'),
    secret && reveal,
    panes);
}

function pane(title, headers, body) {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const text = body === undefined ? '' : JSON.stringify(body, null, 2);
  return h('section', { class: 'pane' },
    h('h3', null, title),
    lines.length > 0 && h('pre', { class: 'pane-headers' }, lines.join('\n')),
    text ? h('pre', null, coloured(text)) : lines.length === 0 && h('p', { class: 'hint' }, 'Without a body.'));
}

/** Names of members stand out; all the rest is plain text. */
function coloured(json) {
  return json.split(/("(?:[^"\\]|\\.)*"(?=:))/).map((piece, index) => (index % 2 ? h('span', { class: 'name' }, piece) : piece));
}
