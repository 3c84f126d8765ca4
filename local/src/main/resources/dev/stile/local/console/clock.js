import { call } from './api.js';

/** Stile's clock can run ahead of the browser's; countdowns follow Stile's. */
let ahead = 0;

export const now = () => Date.now() + ahead;

/** Moves Stile's clock forward by an ISO 8601 duration; `PT0S` only reads it. */
export async function advance(duration) {
  const answer = await call('POST', '/local/clock', { body: { advance: duration }, quiet: duration === 'PT0S' });
  ahead = Date.parse(answer.now) - Date.now();
  // The answer has whole seconds; less than one off is the rounding, not a clock that was moved.
  if (Math.abs(ahead) < 1000) {
    ahead = 0;
  }
  ticks.forEach((tick) => tick());
}

/** Someone may have moved it from elsewhere, as the tour of the README does: look when coming back. */
export function followClock() {
  addEventListener('focus', () => advance('PT0S').catch(() => {}));
}

const ticks = new Set();
setInterval(() => ticks.forEach((tick) => tick()), 500);

/** Runs `tick` now, then about twice a second until the signal aborts. */
export function whileOpen(signal, tick) {
  if (signal?.aborted) {
    return;
  }
  ticks.add(tick);
  signal?.addEventListener('abort', () => ticks.delete(tick));
  tick();
}
