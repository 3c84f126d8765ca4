import { call } from './api.js';
import { byId, fill, h } from './dom.js';
import { attempt, problemBox } from './feedback.js';
import { showGrant } from './grant-panel.js';
import { stepUp } from './stepup.js';

const PAYMENTS = '/demo/payments';
const WHY = 'The shop asks for a step-up: confirm this very payment.';

/** A shop that is a client of Stile like any other: it refuses, the page steps up, and pays again. */
export function startShop() {
  const amount = h('input', { id: 'shop-amount', autocomplete: 'off', value: '49.90 EUR', testid: 'shop-amount' });
  const payee = h('input', { id: 'shop-payee', autocomplete: 'off', value: 'Corner Bookshop', testid: 'shop-payee' });
  const box = problemBox();
  const receipt = h('div', { role: 'status' });
  const pay = h('button', { type: 'submit', class: 'button primary', testid: 'shop-pay' }, 'Pay');
  const payment = () => ({ amount: amount.value.trim(), payee: payee.value.trim() });

  byId('shop').append(
    h('form', { class: 'form', onsubmit: (event) => { event.preventDefault(); attempt(box, pay, () => buy(payment(), receipt)); } },
      h('div', { class: 'pair' },
        h('div', { class: 'field' }, h('label', { for: 'shop-amount' }, 'Amount'), amount),
        h('div', { class: 'field' }, h('label', { for: 'shop-payee' }, 'Payee'), payee)),
      box.element,
      receipt,
      h('div', { class: 'actions' }, pay)));
}

async function buy(payment, receipt) {
  fill(receipt);
  const paid = await payAfterStepUp(payment);
  if (paid) {
    fill(receipt, h('p', { class: 'notice', testid: 'shop-receipt' },
      `Paid ${paid.amount} to ${paid.payee}. The grant is used up: paying again takes a new one.`));
  }
}

async function payAfterStepUp(payment) {
  try {
    return await call('POST', PAYMENTS, { body: payment });
  } catch (problem) {
    if (problem.code !== 'insufficient_user_authentication') {
      throw problem;
    }
    const { challenge_uri: uri, action, binding } = problem.body;
    const result = await stepUp((next) => call('POST', new URL(uri).pathname, { body: { action, binding, next } }), { why: WHY });
    if (!result) {
      return null;
    }
    showGrant(result, binding);
    return call('POST', PAYMENTS, { body: payment, token: result.grant.token });
  }
}
