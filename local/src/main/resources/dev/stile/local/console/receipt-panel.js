import { fill, h } from './dom.js';
import { download } from './feedback.js';
import { icon } from './icons.js';
import { decode, withClaims } from './jws.js';
import { checkReceipt } from './receipt-check.js';

/** What proves later, to anyone, what a passkey approved: to keep, to check and to try to forge. */
export function receiptPanel(receipt) {
  const steps = h('ul', { class: 'checks', testid: 'receipt-checks' });
  const tamper = h('button', { type: 'button', class: 'button small', 'aria-pressed': 'false', testid: 'receipt-tamper', onclick: toggle }, 'Tamper with a detail');
  let forged = false;

  async function check() {
    const judged = await checkReceipt(forged ? forge(receipt) : receipt);
    steps.dataset.verdict = judged.every(({ good }) => good) ? 'proven' : 'refused';
    fill(steps, judged.map(({ step, text, good }) =>
      h('li', { class: good ? 'check good' : 'check bad', 'data-step': step },
        icon(good ? 'check' : 'cross'), text)));
  }

  function toggle() {
    forged = !forged;
    tamper.setAttribute('aria-pressed', String(forged));
    check();
  }

  check();
  return h('section', { class: 'receipt', testid: 'receipt' },
    h('h3', { class: 'claims-title' }, 'Receipt'),
    h('p', { class: 'hint' }, 'The grant ends in minutes; the receipt stays. With it, whoever keeps it can show what your passkey approved, even without Stile.'),
    h('div', { role: 'status' }, steps),
    h('div', { class: 'actions' }, download('Download', receipt, { name: 'stile-receipt.jws', type: 'application/jose', testid: 'receipt-download' }), tamper),
    h('p', { class: 'hint below' }, 'On the command line: ', h('code', null, './stile receipt verify stile-receipt.jws')));
}

/** Another amount, or whatever comes first: what a quarrel would be about. */
function forge(receipt) {
  const { claims } = decode(receipt);
  const [[name, value] = ['amount', '']] = Object.entries(claims.binding);
  return withClaims(receipt, { ...claims, binding: { ...claims.binding, [name]: `9${value}` } });
}
