import { call } from './api.js';

/** Fires `step` when a function has run for a request of this page; `detail` is the trace's id. */
export const trace = new EventTarget();

const KEPT = 300;
const steps = new Map();

/** The run that answered a request, and those that it set off in the order in which they ended. */
export const stepsOf = (id) => steps.get(id) ?? [];

/** Follows what the functions do. What ran while the stream was not open yet is asked for. */
export function followTrace() {
  const stream = new EventSource('/local/trace/stream');
  stream.addEventListener('open', () => [...wanted].filter((id) => stepsOf(id).length === 0).forEach(read));
  stream.addEventListener('message', (event) => take(JSON.parse(event.data)));
}

const wanted = new Set();

/** This request is shown: its runs are to be known. */
export function want(id) {
  wanted.add(id);
  while (wanted.size > KEPT) {
    wanted.delete(wanted.values().next().value);
  }
}

async function read(id) {
  const known = await call('GET', `/local/trace?id=${encodeURIComponent(id)}`, { quiet: true }).catch(() => []);
  known.forEach(take);
}

/** The relay may read a change before the function that made it has ended. */
const answers = ({ occasion }) => occasion.type === 'http';

function take(step) {
  for (const id of step.traces) {
    const list = stepsOf(id);
    if (!list.some((one) => one.id === step.id)) {
      steps.set(id, answers(step) ? [step, ...list] : [...list, step]);
      trace.dispatchEvent(new CustomEvent('step', { detail: id }));
    }
  }
  while (steps.size > KEPT) {
    steps.delete(steps.keys().next().value);
  }
}
