import { now } from './clock.js';

/** Milliseconds left until an RFC 3339 time, never negative. */
export const left = (time) => Math.max(0, Date.parse(time) - now());

/** `4:05`, or `1:00:05` from an hour on. */
export function countdown(millis) {
  const seconds = Math.ceil(millis / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((n) => String(n).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  return hours ? `${hours}:${parts.join(':')}` : `${Number(parts[0])}:${parts[1]}`;
}

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

/** `3 minutes ago`, by Stile's clock. */
export function ago(time) {
  const seconds = Math.round((Date.parse(time) - now()) / 1000);
  if (Math.abs(seconds) < 5) {
    return 'just now';
  }
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  return RELATIVE.format(Math.round(seconds / size), unit);
}

export const clockTime = (time) =>
  new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const dayAndTime = (time) =>
  new Date(time).toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
