import { advance, followClock, now, whileOpen } from './clock.js';
import { byId, fill, h, setText } from './dom.js';
import { toast } from './feedback.js';
import { explain } from './problems.js';
import { clockTime } from './times.js';

const JUMPS = [
  { duration: 'PT31S', text: '+31 s', label: 'Move the local clock 31 seconds forward', testid: 'clock-31s' },
  { duration: 'PT10M', text: '+10 min', label: 'Move the local clock 10 minutes forward', testid: 'clock-10m' },
];

export function startClock() {
  const time = h('span', { class: 'clock-time', testid: 'clock-now', title: 'The clock that Stile follows on this machine' });
  fill(byId('clock'), h('span', { class: 'clock-label' }, 'Local clock'), time, JUMPS.map(jumpButton));
  whileOpen(null, () => setText(time, clockTime(now())));
  advance('PT0S').catch(() => {});
  followClock();
}

function jumpButton({ duration, text, label, testid }) {
  const button = h('button', { type: 'button', class: 'button small', 'aria-label': `${text}: ${label}`, testid, onclick: jump }, text);
  async function jump() {
    try {
      await advance(duration);
      toast(`The local clock is now ${clockTime(now())}.`);
    } catch (problem) {
      toast(explain(problem));
    }
  }
  return button;
}
