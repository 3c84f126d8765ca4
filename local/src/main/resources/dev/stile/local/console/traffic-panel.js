import { traffic } from './api.js';
import { behind } from './behind.js';
import { now } from './clock.js';
import { byId, fill, h, setText } from './dom.js';
import { hasSecrets, masked } from './masking.js';
import { clockTime } from './times.js';

const KEPT = 60;
const SHORT = 8;

export function startTraffic() {
  const list = h('ol', { class: 'exchanges', testid: 'exchanges' });
  const empty = h('p', { class: 'empty' }, 'Nothing yet. What you do on this page shows here as the requests it makes.');
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
  let last = null;
  traffic.addEventListener('exchange', ({ detail }) => {
    empty.hidden = true;
    // Asking again and again whether a message left is one thing that happened, not ten.
    if (last && detail.method === 'GET' && last.key === keyOf(detail)) {
      last.again();
      return;
    }
    last = exchange(detail);
    list.prepend(last.element);
    while (list.children.length > KEPT) {
      list.lastChild.remove();
    }
    label();
  });
}

const keyOf = ({ method, path, status }) => `${method} ${path} ${status}`;

/** Ids are long and alike; their beginning is enough to follow one. */
const shortened = (path) => path.replace(/\b([a-z]{3}_[\w-]{6})[\w.~-]+/g, '$1…');

function exchange(detail) {
  const { method, path, status, millis } = detail;
  const times = h('span', { class: 'exchange-times' });
  const failed = status === 0 || status >= 400;
  const story = behind(method, path);
  const body = h('div', { class: 'exchange-body' });
  let count = 1;
  let drawn = false;
  const open = () => {
    if (!drawn) {
      drawn = true;
      fill(body, parts(detail, story));
    }
  };
  const element = h('li', { class: 'exchange', testid: 'exchange', 'data-method': method, 'data-path': path, 'data-status': status },
    h('details', { ontoggle: open },
      h('summary', null,
        h('span', { class: 'exchange-line' },
          h('span', { class: 'method' }, method), ' ',
          h('span', { class: 'path', title: path }, shortened(path)), ' ', times),
        h('span', { class: 'exchange-facts' },
          h('span', { class: failed ? 'status failed' : 'status' }, status || 'no answer'),
          h('span', null, `${millis} ms`),
          h('span', null, clockTime(now())),
          story && h('span', { class: 'part' }, story.part))),
      body));
  const again = () => setText(times, `×${++count}`);
  return { element, again, key: keyOf(detail) };
}

function parts({ headers, body, answer, challengeHeader }, story) {
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
  return [
    story && h('p', { class: 'story' }, h('strong', null, story.part), ` ${story.story}`),
    secret && reveal,
    panes,
  ];
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
