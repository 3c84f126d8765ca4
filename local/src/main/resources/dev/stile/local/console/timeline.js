import { describeCall, lines, shortened } from './calls.js';
import { h } from './dom.js';

/**
 * What a request set off, step by step: the function that answered, its calls, the messages that
 * others took up, and their calls.
 */
export function timeline(steps) {
  return h('ol', { class: 'timeline', testid: 'timeline' }, steps.map(stepItem));
}

const WHY = {
  http: () => 'answered the request',
  queue: ({ queue }) => `took from ${queue}`,
  stream: () => 'read the stream of the table',
};

function stepItem(step) {
  const { occasion } = step;
  return h('li', { class: 'run', testid: 'run', 'data-function': step.function },
    h('p', { class: 'run-head' },
      h('strong', null, step.function),
      h('span', { class: 'run-why' }, WHY[occasion.type](occasion)),
      h('span', { class: 'run-ms' }, `${step.ms} ms`)),
    step.calls.length > 0
      ? h('ol', { class: 'calls' }, step.calls.map(callItem))
      : h('p', { class: 'hint' }, 'Without any call: it decided from what it holds.'));
}

function callItem(call) {
  const { kind, title } = describeCall(call);
  const body = details(call);
  const line = [
    h('span', { class: 'call-title' }, title),
    h('span', { class: 'call-target' }, target(call)),
    call.outcome !== 'done' && h('span', { class: `call-outcome ${call.outcome}` }, outcome(call)),
    call.attempts > 1 && h('span', { class: 'call-outcome' }, `${call.attempts} attempts`),
  ];
  return h('li', { class: 'call', testid: 'call', 'data-operation': call.operation, 'data-kind': kind, 'data-outcome': call.outcome },
    body.length > 0 ? h('details', null, h('summary', null, line), h('div', { class: 'call-body' }, body)) : h('p', { class: 'call-line' }, line));
}

/** A refused condition is an answer like another, and no fault. */
const outcome = (call) => (call.outcome === 'refused' ? 'condition did not hold' : call.why);

function target({ items = [], queue, topic, to }) {
  if (queue || topic) {
    return `to ${queue ?? topic}`;
  }
  if (to) {
    return `to ${[to].flat().join(', ')}`;
  }
  return items.length === 1 ? itemName(items[0]) : `${items.length} items, all or none`;
}

/** What an item is, by the shape of its key. */
const ITEMS = [
  [/^PROFILE$/, 'profile'], [/^F#WEBAUTHN$/, 'passkey challenges'], [/^F#RC$/, 'recovery codes'], [/^F#/, 'factor'],
  [/^(W#|SENDS$)/, 'counter'], [/^GRANT$/, 'used grant'], [/^OWNER$/, 'owner of a credential'],
];

function itemName({ pk = '', sk = '' }) {
  const name = ITEMS.find(([shape]) => shape.test(sk))?.[1] ?? (sk ? 'item' : 'all items of the user');
  const which = name === 'counter' ? pk.split('#')[1] : name === 'factor' ? sk.slice(2) : '';
  return shortened([name, which].filter(Boolean).join(' '));
}

const keyOf = ({ pk, sk }) => shortened([pk, sk].filter(Boolean).join('  ›  '));

function details({ service, operation, items = [], message, to }) {
  const bodies = items.flatMap((item) => [itemHead(item, items.length > 1), ...expressions(item)]).filter(Boolean);
  return [
    bodies.length > 0 && h('p', { class: 'hint' }, `${service} ${operation}`),
    ...bodies,
    message && block('Message: ids only', pretty(message)),
    to && h('p', { class: 'hint' }, `${service} ${operation}. The code is in no queue and in no table: the worker derives it again, and it goes to the carrier only.`),
  ].filter(Boolean);
}

const itemHead = (item, several) => h('p', { class: 'item-head' },
  several && [h('strong', null, `${item.verb} ${itemName(item)}`), h('br')], h('span', { class: 'call-key' }, keyOf(item)));

function expressions({ keys, condition, update, values, attributes }) {
  return [
    keys && block('Keys', lines(keys).join('\n')),
    condition && block('Only if', lines(condition).join('\n')),
    update && block('Then', lines(update).join('\n')),
    attributes && block('Writes', JSON.stringify(attributes, null, 2)),
    values && h('details', { class: 'values' },
      h('summary', null, `${Object.keys(values).length} values`),
      block('', Object.entries(values).map(([name, value]) => `${name}  ${typeof value === 'string' ? value : JSON.stringify(value)}`).join('\n'))),
  ];
}

function block(title, text) {
  return h('div', { class: 'code-block' }, title && h('p', { class: 'block-title' }, title), h('pre', null, shortened(text)));
}

function pretty(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
