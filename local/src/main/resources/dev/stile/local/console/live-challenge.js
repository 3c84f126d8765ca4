import { call } from './api.js';

/**
 * A challenge as the page knows it: asks again while a message is on its way, and fires `change`
 * whenever Stile told something new. Stops asking when the signal aborts.
 */
export class LiveChallenge extends EventTarget {
  constructor(challenge, signal) {
    super();
    this.signal = signal;
    signal.addEventListener('abort', () => clearTimeout(this.timer));
    this.take(challenge);
  }

  take(challenge) {
    this.current = challenge;
    clearTimeout(this.timer);
    if (challenge.poll_after && !this.signal.aborted) {
      this.timer = setTimeout(() => this.refresh(), challenge.poll_after * 1000);
    }
    this.dispatchEvent(new Event('change'));
  }

  /** A failed read is no news: the next action of the person tells what is wrong. */
  async refresh() {
    try {
      this.take(await call('GET', this.path()));
    } catch {
      clearTimeout(this.timer);
    }
  }

  async resend() {
    this.take(await call('POST', this.path('/resend')));
  }

  async switchTo(factorId) {
    this.take(await call('POST', this.path('/switch'), { body: { factor_id: factorId } }));
  }

  /** @param {{code: string}|{credential: object}} answer */
  verify(answer) {
    return call('POST', this.path('/verify'), { body: answer });
  }

  /** Best effort: what was left open expires by itself. */
  async cancel() {
    try {
      await call('POST', this.path('/cancel'));
    } catch {
      return;
    }
  }

  /** Guesses used up are told by the problem before any read. */
  attemptsLeft(left) {
    this.current = { ...this.current, attempts_left: left };
    this.dispatchEvent(new Event('change'));
  }

  path(rest = '') {
    return `/v1/challenges/${encodeURIComponent(this.current.id)}${rest}`;
  }
}
