import { markUsed } from './authenticator.js';
import { whileOpen } from './clock.js';
import { codeField } from './code-field.js';
import { deliveryLine } from './delivery.js';
import { openDialog } from './dialog.js';
import { fill, h, setText } from './dom.js';
import { known } from './factors.js';
import { attempt, problemBox } from './feedback.js';
import { icon } from './icons.js';
import { LiveChallenge } from './live-challenge.js';
import { passkeyAnswer } from './passkey-answer.js';
import { codeSuggestion } from './suggestion.js';
import { countdown, left } from './times.js';
import { KINDS, codeLength, factorLine } from './words.js';

/** After these nothing more can be answered: only a new challenge helps. */
const ENDS = new Set(['assertion_invalid', 'too_many_attempts', 'challenge_expired', 'already_completed', 'not_found']);

/**
 * Runs one challenge in a dialog, and those that follow where several factors have to pass.
 *
 * @param {(next?: string) => Promise<object>} create makes the challenge, the next of a chain with what
 *     the last one gave; run again for "start a new one". Its first problem is thrown to the caller,
 *     whose form it concerns.
 * @param {{why?: string, recover?: () => Promise<{grant: object}|null>}} besides `why` for a challenge
 *     that the person did not ask for; `recover` for another way to a grant
 * @returns {Promise<{grant: object, receipt?: string, challenge?: object}|null>} null when the person turned away
 */
export async function stepUp(create, { why, recover } = {}) {
  const challenge = await create();
  const dialog = openDialog({ title: 'Confirm it is you', testid: 'step-up', fallbackFocus: 'challenge-title' });
  if (why) {
    dialog.element.querySelector('.dialog-head').after(h('p', { class: 'why', testid: 'step-up-why' }, why));
  }
  show(dialog, challenge, { create, recover });
  return dialog.closed;
}

function show(dialog, challenge, ways) {
  const round = new AbortController();
  const signal = AbortSignal.any([dialog.signal, round.signal]);
  const live = new LiveChallenge(challenge, signal);
  const state = { over: false };
  dialog.signal.addEventListener('abort', () => !state.over && live.cancel(), { signal: round.signal });

  const box = problemBox();
  const answer = h('div', { class: 'answer' });
  const finish = (result) => {
    state.over = true;
    dialog.close(result);
  };
  const end = (text, code) => {
    state.over = true;
    box.say(text, code);
    fill(answer, box.element, startOver(dialog, ways, box, round));
  };
  const goOn = (next) => {
    state.over = true;
    const onward = another('Go on', 'step-up-next', { dialog, ways, box, round }, next);
    fill(answer, h('p', { class: 'hint', role: 'status' }, 'That was right. Another factor has to follow.'), box.element, onward);
    onward.firstChild.click();
  };
  const context = { dialog, live, box, answer, signal, state, finish, end, goOn, recover: ways.recover };

  fill(dialog.body,
    display(live.current),
    answer);
  drawAnswer(context);
  watchExpiry(context);
}

/**
 * What is approved, as the policy's template words it. The usual wording is the action and its
 * details in a row, which is better read as a list.
 */
function display({ action, display: text, binding = {} }) {
  const details = Object.entries(binding);
  const usual = details.length > 0 && text === `${action} (${details.map(([name, value]) => `${name}: ${value}`).join(', ')})`;
  return h('div', { class: 'display', testid: 'step-up-display' },
    h('p', null, usual ? action : text),
    usual && h('dl', { class: 'details' }, details.map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value)))));
}

/** The part that depends on the factor; drawn anew after a switch. */
function drawAnswer(context) {
  const { dialog, live, box, answer, signal } = context;
  const { factor } = live.current;
  context.part?.abort();
  context.part = new AbortController();
  const until = AbortSignal.any([signal, context.part.signal]);
  const isPasskey = factor.type === 'webauthn';
  const way = isPasskey
    ? passkeyAnswer({ live, box, signal: until }, (credential) => judged(context, { credential }))
    : codeAnswer(context);
  fill(answer,
    place(live.current),
    h('p', { class: 'factor-line', testid: 'step-up-factor' }, icon(factor.type), factorLine(factor)),
    way.element,
    box.element,
    !isPasskey && codeSuggestion(() => live.current, until, way.type),
    !isPasskey && deliveryLine(live, box, until),
    facts(live, until),
    alternatives(context),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'button', testid: 'step-up-cancel', onclick: () => dialog.close() }, 'Cancel')));
  (way.button ?? way.input).focus();
}

/** Which of several factors this is. */
function place({ chain }) {
  const number = chain && chain.passed.length + 1;
  return chain && h('p', { class: 'hint', testid: 'step-up-place', 'data-place': number },
    `Factor ${number} of ${number + chain.following}. All have to pass; one alone opens nothing.`);
}

function codeAnswer(context) {
  const { factor } = context.live.current;
  const field = codeField({
    length: codeLength(known(factor.id) ?? factor),
    label: `Enter ${KINDS[factor.type]?.ask ?? 'your code'}`,
    onFull: (code) => attempt(context.box, field.input, () => submitCode(context, field, code)),
  });
  return field;
}

async function submitCode(context, field, code) {
  field.invalid(false);
  try {
    await judged(context, { code });
    markUsed(context.live.current.factor.id);
  } catch (problem) {
    field.invalid(true);
    problem.answeredWith = context.live.current.factor.type;
    field.retry();
    throw problem;
  }
}

/** Has an answer judged; a problem after which none can be given ends the challenge here. */
async function judged({ live, box, end, finish, goOn }, answer) {
  try {
    const { grant, receipt, next } = await live.verify(answer);
    if (next) {
      goOn(next.token);
      return;
    }
    finish({ grant, receipt, challenge: live.current });
  } catch (problem) {
    const rest = problem.body?.attempts_left;
    if (rest !== undefined) {
      live.attemptsLeft(rest);
    }
    if (rest !== 0 && !ENDS.has(problem.code)) {
      throw problem;
    }
    box.show(problem);
    end(box.element.textContent, problem.code);
  }
}

function facts(live, signal) {
  const attempts = h('span', { testid: 'attempts-left' });
  const expiry = h('span', { testid: 'expires-in', role: 'timer' });
  whileOpen(signal, () => {
    const { attempts_left: rest, expires_at: end } = live.current;
    setText(attempts, rest === undefined || live.current.webauthn ? '' : `${rest} ${rest === 1 ? 'attempt' : 'attempts'} left`);
    setText(expiry, `expires in ${countdown(left(end))}`);
  });
  return h('p', { class: 'facts' }, attempts, expiry);
}

function alternatives(context) {
  const { live, box, recover } = context;
  const others = live.current.alternatives ?? [];
  if (!others.length && !recover) {
    return null;
  }
  const use = (event, id) =>
    attempt(box, event.currentTarget, async () => {
      await live.switchTo(id);
      drawAnswer(context);
    });
  return h('div', { class: 'alternatives' },
    h('h3', null, 'Use something else'),
    h('ul', null, others.map((factor) =>
      h('li', null,
        h('button', { type: 'button', class: 'choice', testid: 'alternative', 'data-factor': factor.id, onclick: (event) => use(event, factor.id) },
          icon(factor.type), factorLine(factor)))),
      recover && h('li', null,
        h('button', { type: 'button', class: 'choice', testid: 'use-recovery-code', onclick: () => useRecoveryCode(context) },
          icon('key'), 'A recovery code'))));
}

async function useRecoveryCode({ live, finish, recover }) {
  const result = await recover();
  if (result) {
    live.cancel();
    finish(result);
  }
}

function watchExpiry({ live, signal, state, end }) {
  whileOpen(signal, () => {
    if (!state.over && left(live.current.expires_at) === 0) {
      end('Time ran out for this challenge. Start a new one.', 'challenge_expired');
    }
  });
  live.addEventListener('change', () => {
    if (!state.over && ['blocked', 'denied', 'failed', 'expired'].includes(live.current.status)) {
      end('This challenge has ended. Start a new one.', 'already_completed');
    }
  });
}

function startOver(dialog, ways, box, round) {
  return another('Start a new one', 'start-over', { dialog, ways, box, round });
}

/** A button for the challenge that comes after this one, in the same dialog. */
function another(label, testid, { dialog, ways, box, round }, next) {
  const button = h('button', { type: 'button', class: 'button primary', testid, onclick: again }, label);
  function again() {
    attempt(box, button, async () => {
      const challenge = await ways.create(next);
      round.abort();
      show(dialog, challenge, ways);
    });
  }
  queueMicrotask(() => button.focus());
  return h('div', { class: 'actions' }, button,
    h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Close'));
}
